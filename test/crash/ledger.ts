import type { FileClient, FileResource } from '../support/file-client.js';

export type Place = 'files' | 'archive/files';

/** What is known of one upload: after an unanswered change, two names or two places are possible. */
export interface Entry {
  readonly uploadedAs: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Null while its upload is not acknowledged. */
  id: string | null;
  names: readonly string[];
  places: readonly Place[];
}

/** What the writers were told, held against what the server shows afterwards. */
export class Ledger {
  readonly entries: Entry[] = [];
  private readonly verified = new Set<string>();

  get acknowledged(): readonly Entry[] {
    return this.entries.filter(({ id }) => id !== null);
  }

  /** To be called before the upload is sent. */
  expect(uploadedAs: string, bytes: number, sha256: string): Entry {
    const entry: Entry = { uploadedAs, sha256, bytes, id: null, names: [uploadedAs], places: ['files'] };
    this.entries.push(entry);
    return entry;
  }

  /**
   * Looks at everything that is listed, and takes note of what happened to unanswered writes. Downloads what it has
   * not downloaded before, or `all`.
   * @throws Error that names every fault
   */
  async settle(client: FileClient, all = false): Promise<void> {
    const faults: string[] = [];
    const listed = new Map<string, { file: FileResource; place: Place }>();
    for (const place of ['files', 'archive/files'] as const)
      for (const file of await client.list(place)) {
        if (listed.has(file.id)) faults.push(`file ${file.id} is listed twice`);
        listed.set(file.id, { file, place });
      }
    for (const { id, uploadedAs } of this.acknowledged)
      if (!listed.has(id ?? '')) faults.push(`${uploadedAs} was acknowledged as ${id} and is gone`);
    for (const { file, place } of listed.values()) {
      const entry = this.find(file);
      if (!entry) faults.push(`file ${file.id} (${file.attributes.name}) was never uploaded`);
      else faults.push(...this.compare(entry, file, place), ...(await this.compareBytes(client, file, place, all)));
    }
    const unanswered = this.entries.filter(({ id }) => id === null);
    this.entries.splice(0, Infinity, ...this.acknowledged); // what did not happen will not happen later
    if (this.entries.length !== listed.size)
      faults.push(`${listed.size} files are listed, ${this.entries.length} are known, ${unanswered.length} are not`);
    if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.slice(0, 20).join('\n')}`);
  }

  /** An upload that was not acknowledged may be there, once. */
  private find({ id, attributes }: FileResource): Entry | undefined {
    const known = this.entries.find((entry) => entry.id === id);
    if (known) return known;
    const unanswered = this.entries.find((entry) => entry.id === null && entry.uploadedAs === attributes.name);
    if (unanswered) unanswered.id = id;
    return unanswered;
  }

  private compare(entry: Entry, { id, attributes }: FileResource, place: Place): string[] {
    const faults: string[] = [];
    const { name, bytes, sha256 } = attributes;
    if (!entry.names.includes(name)) faults.push(`file ${id} is called ${name}, not ${entry.names.join(' or ')}`);
    if (!entry.places.includes(place)) faults.push(`file ${id} is in ${place}, not in ${entry.places.join(' or ')}`);
    if (sha256 !== entry.sha256 || bytes !== entry.bytes) faults.push(`file ${id} (${name}) has another size or hash`);
    entry.names = [name];
    entry.places = [place];
    return faults;
  }

  private async compareBytes(client: FileClient, file: FileResource, place: Place, all: boolean): Promise<string[]> {
    const { id, attributes } = file;
    if (!all && this.verified.has(id)) return [];
    this.verified.add(id);
    const { status, bytes, sha256 } = await client.download(`/api/v1/${place}/${id}/download`);
    const isWhole = status === 200 && bytes === attributes.bytes && sha256 === attributes.sha256;
    return isWhole ? [] : [`file ${id} downloads with ${status}, ${bytes} bytes, and the hash ${sha256}`];
  }
}
