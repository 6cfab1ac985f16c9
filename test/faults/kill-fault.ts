import type { Exchange } from './database-proxy.js';
import type { FaultBench } from './fault-bench.js';
import type { Fault } from './fault-steps.js';
import type { Operation } from './operations.js';

const FAR = 1000;

/** Whether PostgreSQL has never seen the statement at which the server is killed, or has carried it out. */
export type Side = 'before' | 'behind';

/** Kills the server at a statement, and starts it again. */
export function kill(bench: FaultBench, side: Side): Fault {
  const { proxy, world } = bench;
  const strike = async (exchange: Exchange) => {
    if (side === 'behind') await exchange.carryOut();
    await world.server.kill();
    exchange.cut();
  };
  return {
    name: `a kill ${side} the statement`,
    allowed: { unknown: true, silence: true },
    arm: (at) => proxy.arm(at, { isLasting: false, strike }),
    async disarm() {
      const struck = proxy.disarm();
      if (struck.length > 0) await bench.again();
      return struck;
    },
  };
}

/** How many statements such a call has when nothing happens to it. @throws Error when it does not succeed */
export async function statementsOf({ begin, name }: Operation, { world, proxy }: FaultBench): Promise<number> {
  const attempt = await begin(world);
  proxy.arm(FAR, { isLasting: false, strike: (exchange) => exchange.pass() });
  const { status } = await attempt.send();
  const count = proxy.countedOf(FAR);
  proxy.disarm();
  if (status >= 300) throw new Error(`${name} was answered ${status}`);
  await attempt.tidy?.();
  return count;
}
