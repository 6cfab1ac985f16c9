import type { DatabaseProxy, Exchange } from './database-proxy.js';
import type { Fault } from './fault-steps.js';

type Strike = (exchange: Exchange) => void | Promise<void>;

/** A fault that happens once, or `lasts` until it is taken away. */
function kind(name: string, lasts: 'once' | 'lasts', strike: Strike): (proxy: DatabaseProxy) => Fault {
  return (proxy) => ({
    name,
    // what was carried out before its answer was lost may be there without one
    allowed: { unknown: true, silence: false },
    arm: (at) => proxy.arm(at, { isLasting: lasts === 'lasts', strike }),
    disarm: () => Promise.resolve(proxy.disarm()),
  });
}

const refused =
  (sqlState: string): Strike =>
  (exchange) =>
    exchange.refuse(sqlState);

/** What can become of a statement on its way to the database and back. */
export const DATABASE_FAULTS = [
  kind('a connection that is lost', 'once', (exchange) => exchange.cut()),
  kind('a connection that is lost behind the statement', 'once', async (exchange) => {
    await exchange.carryOut();
    exchange.cut();
  }),
  kind('a database that stays away', 'lasts', (exchange) => exchange.cut()),
  kind('a deadlock', 'once', refused('40P01')),
  kind('deadlocks again and again', 'lasts', refused('40P01')),
  kind('a full disk under the database', 'lasts', refused('53100')),
  kind('a read-only disk under the database', 'lasts', refused('58030')),
  kind('a database that is read-only', 'lasts', refused('25006')),
] as const;
