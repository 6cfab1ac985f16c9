import { describe, expect, it } from '@jest/globals';
import { DomainError, InvalidField, UnknownIds } from '@portico/domain/kernel';
import { located } from './located.js';

const refused = (error: Error, places?: Parameters<typeof located>[1]) =>
  located(() => Promise.reject(error), places).catch((fault: unknown) => fault);

describe('A refusal of what a body brought', () => {
  it('names the attribute of a field, however deep it stands', async () => {
    expect(await refused(new InvalidField('emails/0/emailType', 'must not be empty'))).toMatchObject({
      code: 'invalid_value',
      message: 'email_type must not be empty',
      source: { pointer: '/data/attributes/emails/0/email_type' },
    });
  });

  it('points at the first unknown id of the right type', async () => {
    const linkages = [
      { pointer: '/data/relationships/a/data', type: 'groups', data: [{ id: '7' }] },
      { pointer: '/data/relationships/b/data', type: 'entities', data: [{ id: '5' }, { id: '7' }] },
    ] as const;
    const fault = await refused(new UnknownIds('entities', ['7']), { linkages });
    expect(fault).toMatchObject({ source: { pointer: '/data/relationships/b/data/1/id' } });
  });

  it('points at the attribute that a code is about', async () => {
    const taken = new DomainError('conflict', 'email_taken', 'taken');
    const fault = await refused(taken, { attributes: { email_taken: 'email' } });
    expect(fault).toMatchObject({ kind: 'conflict', source: { pointer: '/data/attributes/email' } });
  });

  it('is left as it is when nothing is known of its place, and so is every other error', async () => {
    const errors = [new DomainError('not_found', 'x', 'x'), new UnknownIds('groups', ['1']), new TypeError('x')];
    for (const error of errors) expect(await refused(error)).toBe(error);
  });
});
