import { DomainError } from '../../kernel/index.js';

export const resultsErrors = {
  invalidPeriodEnd: () =>
    new DomainError(
      'invalid',
      'invalid_value',
      'period_end must be a day of the years 1900 to 2999, such as 2026-03-31',
      { parameter: 'period_end' },
    ),
};
