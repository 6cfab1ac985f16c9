import type { Connection } from './connection.js';
import type { DayFigures } from './figures.js';

/** The figures that come from connections. */
export abstract class ConnectionFigures {
  /**
   * Puts `days` in the place of what there was of these days and this connection's platform: of the connection itself,
   * of those to the same account that have ended, and what was entered by hand. In the running unit of work, in a
   * constant number of statements.
   */
  abstract replace(
    connection: Pick<Connection, 'firmId' | 'clientId' | 'id' | 'platform' | 'accountId'>,
    days: readonly DayFigures[],
  ): Promise<void>;
}
