import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { SeededRandom } from '../support/seeded-random.js';

/** What becomes of a connection: nothing, or where it is cut. */
const FATES = ['before the request', 'in the body', 'before the answer', 'in the answer'] as const;
type Fate = (typeof FATES)[number] | 'none';

/** Of so many connections one is cut. */
const ONE_IN = 3;

/** Spreads connections over several servers, and cuts some of them at places that the random numbers choose. */
export class Balancer {
  /** The addresses of the servers that take connections. */
  backends: readonly string[] = [];
  readonly cuts = new Map<Fate, number>();
  private readonly clients = new Set<Socket>();
  private next = 0;

  private constructor(
    private readonly server: Server,
    private readonly random: SeededRandom,
    readonly url: string,
  ) {}

  static async start(random: SeededRandom): Promise<Balancer> {
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const balancer = new Balancer(server, random, `http://127.0.0.1:${port}`);
    server.on('connection', (client) => balancer.join(client));
    return balancer;
  }

  async stop(): Promise<void> {
    this.server.close();
    for (const client of this.clients) client.destroy(); // some are kept alive
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const { hostname, port } = new URL(this.backends[this.next++ % this.backends.length] ?? '');
    const fate = this.random.below(ONE_IN) === 0 ? this.random.pick(FATES) : 'none';
    const backend = connect({ host: hostname, port: Number(port), noDelay: true });
    const cut = () => {
      client.destroy();
      backend.destroy();
    };
    this.clients.add(client);
    client.once('close', () => this.clients.delete(client));
    for (const socket of [client, backend]) socket.on('error', cut).on('close', cut);
    const [there, back] = [
      this.room(fate, 'before the request', 'in the body'),
      this.room(fate, 'before the answer', 'in the answer'),
    ];
    pass(client, backend, there, () => this.count(fate, cut));
    pass(backend, client, back, () => this.count(fate, cut));
  }

  /** How many bytes pass in a direction before a connection of that fate is cut. */
  private room(fate: Fate, atOnce: Fate, later: Fate): number {
    if (fate === atOnce) return 0;
    return fate === later ? 1 + this.random.below(2000) : Infinity;
  }

  private count(fate: Fate, cut: () => void): void {
    this.cuts.set(fate, (this.cuts.get(fate) ?? 0) + 1);
    cut();
  }
}

/** Hands on what comes from `source`, until more than `room` bytes have come. */
function pass(source: Socket, target: Socket, room: number, full: () => void): void {
  let left = room;
  source.on('data', (chunk: Buffer) => {
    if (left < 0 || target.destroyed) return;
    const passing = chunk.subarray(0, Math.min(left, chunk.length));
    left -= chunk.length;
    target.write(passing, () => left < 0 && full());
  });
  source.on('end', () => target.end());
}
