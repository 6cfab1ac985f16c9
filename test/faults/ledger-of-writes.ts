import { createHash, randomUUID } from 'node:crypto';
import { multipart } from '../support/multipart.js';
import type { SeededRandom } from '../support/seeded-random.js';
import type { UploadsApi } from '../support/uploads-api.js';
import { resumedUpload } from './resumed-upload.js';
import type { Outcome, StubbornCaller } from './stubborn-caller.js';

const JSON_API = 'application/vnd.api+json';
const LARGEST = 40_000;

/** A file that was uploaded; its id is unknown when the answer was lost for good. */
export interface Written {
  name: string;
  readonly sha256: string;
  id: string | null;
  /** Whether it has an entity, to whose contacts it can be published. */
  readonly isLinked: boolean;
  isPublished: boolean;
}

/** Uploads in one piece and in many, renames and publishes, and remembers what must be there in the end. */
export class LedgerOfWrites {
  readonly files: Written[] = [];
  readonly refusals: string[] = [];
  /** How many calls were sent more than once. */
  repeated = 0;

  constructor(
    private readonly caller: StubbornCaller,
    private readonly uploads: UploadsApi,
    private readonly random: SeededRandom,
    private readonly entity: string,
  ) {}

  /** One write after the other, until `isOver`. */
  async writeUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const file = this.random.below(4) === 0 ? await this.resume() : await this.upload();
      if (file.id === null) continue;
      if (this.random.below(2) === 0) await this.rename(file, file.id);
      if (file.isLinked && this.random.below(2) === 0) await this.publish(file, file.id);
    }
  }

  private async upload(): Promise<Written> {
    const content = this.random.bytes(this.random.below(LARGEST));
    const name = `${randomUUID()}.bin`;
    const sha256 = createHash('sha256').update(content).digest('hex');
    const file: Written = { name, sha256, id: null, isLinked: true, isPublished: false };
    this.files.push(file);
    const data = {
      ...{ type: 'files', attributes: { name } },
      relationships: { associated_entities: { data: [{ type: 'entities', id: this.entity }] } },
    };
    const { type, body } = multipart([
      { name: 'metadata', content: JSON.stringify({ data }) },
      { name: 'file', filename: name, content },
    ]);
    const outcome = this.settle(await this.caller.call({ method: 'POST', path: '/api/v1/files', type, body }));
    if (outcome.status === 201) file.id = (outcome.body as { data: { id: string } }).data.id;
    return file;
  }

  /** The same in pieces. */
  private async resume(): Promise<Written> {
    const content = this.random.bytes(1 + this.random.below(LARGEST));
    const name = `${randomUUID()}.bin`;
    const id = await resumedUpload(this.uploads, name, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const file: Written = { name, sha256, id, isLinked: false, isPublished: false };
    this.files.push(file);
    return file;
  }

  private async rename(file: Written, id: string): Promise<void> {
    const name = `${randomUUID()} renamed.bin`;
    const body = Buffer.from(JSON.stringify({ data: { id, type: 'files', attributes: { name } } }));
    this.settle(await this.caller.call({ method: 'PATCH', path: `/api/v1/files/${id}`, type: JSON_API, body }));
    file.name = name;
  }

  private async publish(file: Written, id: string): Promise<void> {
    const attributes = { files_id: [Number(id)], portal_publishing: 'PUBLISH', contact_notification: 'NOTIFY' };
    const body = Buffer.from(JSON.stringify({ data: { type: 'publish_portal_files_request', attributes } }));
    this.settle(await this.caller.call({ method: 'POST', path: '/api/v1/portal/publish_files', type: JSON_API, body }));
    file.isPublished = true;
  }

  /** A call whose answer was lost was carried out all the same. */
  private settle(outcome: Outcome): Outcome {
    if (outcome.tries > 1) this.repeated++;
    if (outcome.status >= 300 && outcome.code !== 'idempotency_answer_lost')
      this.refusals.push(`${outcome.status} ${outcome.code}`);
    return outcome;
  }
}
