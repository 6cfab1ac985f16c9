import type { Database } from '../../src/platform/database/database.js';

const WAITING = {
  name: 'waiting-for-a-lock',
  text: `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
};

/** Whether a session of this database waits for a lock of another. */
export async function isOneWaiting(database: Database): Promise<boolean> {
  return (await database.query(WAITING, [])).length > 0;
}

/** Until a session of this database waits for a lock of another. */
export async function somebodyWaits(database: Database): Promise<void> {
  while (!(await isOneWaiting(database)));
}
