import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { firstValueFrom, of } from 'rxjs';
import { JsonBodyInterceptor, JsonPublicBodyInterceptor, JsonRowsInterceptor } from './json-body.interceptor.js';

/** A request whose body is sent by hand, and what becomes of it. */
function receiving(interceptor: JsonBodyInterceptor) {
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
  const request = Object.assign(new PassThrough(), { headers, body: undefined });
  const http = { getRequest: () => request, getResponse: () => ({}) };
  const context = { switchToHttp: () => http } as unknown as ExecutionContext;
  const next: CallHandler = { handle: () => of('handled') };
  const outcome = firstValueFrom(interceptor.intercept(context, next)).then(
    () => request.body,
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
  return { request, outcome };
}

describe('A JSON body', () => {
  it('is read as it arrives', async () => {
    const { request, outcome } = receiving(new JsonBodyInterceptor());
    request.write('{"name":');
    request.end('"ü"}');
    expect(await outcome).toEqual({ name: 'ü' });
  });

  it('that is no UTF-8 is refused, not read as something else', async () => {
    const { request, outcome } = receiving(new JsonBodyInterceptor());
    request.end(Buffer.from([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('"}')]));
    expect(await outcome).toBe('invalid_json: The body is not valid UTF-8');
  });
});

describe('A body that does not end', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    [JsonPublicBodyInterceptor, 10],
    [JsonBodyInterceptor, 60],
    [JsonRowsInterceptor, 300],
  ])('is not waited for by %p longer than %d seconds', async (Interceptor, seconds) => {
    const { request, outcome } = receiving(new Interceptor());
    request.write('{"name":');
    let isOver = false;
    void outcome.then(() => (isOver = true));
    await jest.advanceTimersByTimeAsync(seconds * 1000 - 1);
    expect(isOver).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await outcome).toBe('invalid_request: The body did not arrive in time');
  });
});
