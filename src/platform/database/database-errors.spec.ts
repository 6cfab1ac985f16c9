import { describe, expect, it } from '@jest/globals';
import { hasLostRace, isUnavailable, unavailableOf, unkeepableTextOf, violatedConstraint } from './database-errors.js';

const withCode = (code: string, message = 'from the driver') => Object.assign(new Error(message), { code });

describe('an error of the database', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '57014', '57P01', '57P03', '08006', '53100', '53300', '55P03'])(
    '%s says that it can not serve for now',
    (code) =>
      expect(unavailableOf(withCode(code))).toMatchObject({ kind: 'unavailable', code: 'database_unavailable' }),
  );

  it.each(['40001', '40P01'])('%s says that a race was lost, and not that the database is away', (code) => {
    const error = new Error('wrapped', { cause: withCode(code) });
    expect(hasLostRace(error)).toBe(true);
    expect(isUnavailable(error)).toBe(true);
    expect(unavailableOf(error)).toMatchObject({ kind: 'unavailable', code: 'try_again' });
    for (const other of ['23505', '57P01', '55P03']) expect(hasLostRace(withCode(other))).toBe(false);
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])(
    '"%s" says so too',
    (message) => expect(unavailableOf(new Error(message))).not.toBeNull(),
  );

  it('is found under what the ORM wraps around it', () => {
    expect(unavailableOf(new Error('wrapped', { cause: withCode('57P01') }))).not.toBeNull();
    expect(unavailableOf(Object.assign(new Error('wrapped'), { previous: withCode('57P01') }))).not.toBeNull();
  });

  it.each(['23505', '42P01', '22P02', 'ERR_INVALID_ARG_TYPE'])('%s is about the request, or our fault', (code) =>
    expect(unavailableOf(withCode(code))).toBeNull(),
  );

  it.each(['22021', '22P05'])('%s says that a text can not be kept, in our words', (code) => {
    const refusal = unkeepableTextOf(new Error('wrapped', { cause: withCode(code, 'from the driver') }));
    expect(refusal).toMatchObject({ kind: 'invalid', code: 'invalid_value' });
    expect(refusal?.message).not.toContain('driver');
    expect(unkeepableTextOf(withCode('22P02'))).toBeNull();
    const half = { detail: 'Unicode low surrogate must follow a high surrogate.' };
    expect(unkeepableTextOf(Object.assign(withCode('22P02'), half))).toMatchObject({ kind: 'invalid' });
  });

  it('tells nothing of the driver’s words', () => {
    expect(unavailableOf(withCode('57P01', 'select secret'))?.message).not.toContain('secret');
  });

  it('names the constraint that was violated', () => {
    expect(violatedConstraint(Object.assign(withCode('23505'), { constraint: 'users_email_key' }))).toBe(
      'users_email_key',
    );
    expect(violatedConstraint(new Error('other'))).toBeNull();
  });
});
