/** Whether the user still has the password with which the session was opened. */
export const standsOnPassword = (session: string, user: string): string =>
  `coalesce(${session}.password_mark = sha256(convert_to(${user}.password_hash, 'UTF8')), false)`;
