import { DomainError, RetryLater } from '../kernel/index.js';

/** The refusals of signing in and staying signed in. */
export const sessionErrors = {
  refused: () => new DomainError('unauthenticated', 'sign_in_refused', 'The address or the password is wrong'),
  blocked: (seconds: number) =>
    new RetryLater('sign_in_blocked', `Too many failed sign-ins; try again in ${seconds} seconds`, seconds),
  firmRequired: () =>
    new DomainError(
      'invalid',
      'firm_required',
      'Several firms have a user with this address; say which one with firmId',
      { pointer: '/firmId' },
      { kind: 'missing' },
    ),
  notForBackOffice: () =>
    new DomainError('forbidden', 'missing_permission', 'The user does not have the permission back_office'),
  refreshRefused: () =>
    new DomainError('unauthenticated', 'refresh_token_invalid', 'The refresh token is not valid; sign in again'),
};
