import { expect } from '@jest/globals';
import type { Response } from 'supertest';

export const JSON_API = 'application/vnd.api+json';

/** Expects the status; when it is another one, the body is told too. */
export function expectStatus(answer: Response, status: number): void {
  const body = answer.status === status ? '' : answer.text;
  expect({ status: answer.status, body }).toEqual({ status, body: '' });
}

/** Expects a refusal in exactly the shape of the contract (section 4, "Errors"), with the first error like `fault`. */
export function expectRefusal(answer: Response, status: number, fault: object = {}): void {
  expectStatus(answer, status);
  expect(answer.headers['content-type']).toBe(JSON_API);
  const { errors, ...others } = answer.body as { errors: Record<string, unknown>[] };
  expect(others).toEqual({});
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    const { source = {}, ...rest } = error;
    expect(rest).toEqual({
      id: answer.headers['x-request-id'],
      status: String(status),
      code: expect.stringMatching(/^[a-z]+(?:_[a-z]+)*$/),
      title: TITLES[status],
      detail: expect.stringMatching(/\S/),
    });
    expect(Object.keys(source as object).filter((key) => !SOURCES.includes(key))).toEqual([]);
  }
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.[jt]s:\d|\bat \w+ \(|\bselect\b .*\bfrom\b/i);
  expect(errors[0]).toMatchObject(fault);
}

const SOURCES = ['pointer', 'parameter', 'header'];

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
