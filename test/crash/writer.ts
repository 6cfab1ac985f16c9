import { createHash } from 'node:crypto';
import type { Answer, FileClient } from '../support/file-client.js';
import type { SeededRandom } from '../support/seeded-random.js';
import type { Entry, Ledger } from './ledger.js';

const KIB = 1024;
const LARGEST = [0, 1, 4 * KIB, 64 * KIB, 64 * KIB, 512 * KIB, 2048 * KIB, 5120 * KIB];
const CHUNK = 64 * KIB;

/** Uploads, renames, archives and restores, one call at a time, until the server does not answer any more. */
export class Writer {
  private readonly own: Entry[] = [];
  private uploads = 0;

  constructor(
    private readonly name: string,
    private readonly ledger: Ledger,
    private readonly random: SeededRandom,
  ) {}

  /** Answers what the server refused, which should be nothing but a database that is away. */
  async run(client: FileClient): Promise<string[]> {
    const refusals: string[] = [];
    for (;;) {
      try {
        const answer = await this.write(client);
        if (answer.status >= 300) refusals.push(`${answer.status} ${answer.body?.errors?.[0]?.code}`);
      } catch (error) {
        if (!isDisconnection(error)) throw error;
        return refusals;
      }
    }
  }

  private write(client: FileClient): Promise<Answer> {
    const entry = this.random.below(5) < 2 ? this.change() : undefined;
    if (!entry) return this.upload(client);
    if (entry.places[0] === 'archive/files') return this.move(entry, 'files', client.restore(entry.id ?? ''));
    if (this.random.below(2) === 0) return this.move(entry, 'archive/files', client.archive(entry.id ?? ''));
    return this.rename(client, entry);
  }

  /** One of its files whose state is known; an unanswered change makes it unknown until the ledger has settled. */
  private change(): Entry | undefined {
    const known = this.own.filter(({ id, names, places }) => id !== null && names.length + places.length === 2);
    return known.length > 0 ? this.random.pick(known) : undefined;
  }

  private async upload(client: FileClient): Promise<Answer> {
    const content = this.random.bytes(this.random.below(this.random.pick(LARGEST) + 1));
    const sha256 = createHash('sha256').update(content).digest('hex');
    const entry = this.ledger.expect(`${this.name}-${++this.uploads}.bin`, content.length, sha256);
    const answer = await client.upload(entry.uploadedAs, chunksOf(content));
    if (answer.status !== 201) return answer;
    entry.id = answer.body?.data?.id ?? null;
    this.own.push(entry);
    return answer;
  }

  private async rename(client: FileClient, entry: Entry): Promise<Answer> {
    const name = `${this.name}-${this.random.below(2 ** 30)} renamed.bin`;
    entry.names = [...entry.names, name];
    const answer = await client.rename(entry.id ?? '', name);
    if (answer.status === 200) entry.names = [name];
    return answer;
  }

  private async move(entry: Entry, place: Entry['places'][number], moving: Promise<Answer>): Promise<Answer> {
    entry.places = [...entry.places, place];
    const answer = await moving;
    if (answer.status < 300) entry.places = [place];
    return answer;
  }
}

function* chunksOf(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += CHUNK) yield content.subarray(at, at + CHUNK);
}

function isDisconnection(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code);
}
