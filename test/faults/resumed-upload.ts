import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { UploadsApi } from '../support/uploads-api.js';

const CHUNK = 16 * 1024;
const MOST_CALLS = 400;
const PAUSE_MS = 50;

/** Makes a file by a resumable upload, going on wherever it was broken off; answers its id. */
export async function resumedUpload(uploads: UploadsApi, name: string, content: Buffer): Promise<string> {
  const metadata = JSON.stringify({ data: { type: 'files', attributes: { name } } });
  let key = randomUUID();
  const address = await persist(async () => {
    const { status, headers } = await uploads.create(
      content.length,
      { filename: name, metadata },
      { 'Idempotency-Key': key },
    );
    if (status === 409) key = randomUUID(); // its address is lost: that upload never becomes a file
    return headers.get('location');
  });
  return persist(async () => {
    const offset = await uploads.offset(address);
    if (Number.isNaN(offset)) return null;
    if (offset < content.length) await uploads.append(address, offset, content.subarray(offset, offset + CHUNK));
    const { attributes, relationships } = await uploads.read(address);
    return attributes.state === 'finished' ? (relationships?.file.data.id ?? null) : null;
  });
}

/** Tries until there is an answer. @throws Error when there never is one */
async function persist(attempt: () => Promise<string | null>): Promise<string> {
  let last: unknown = null;
  for (let calls = 0; calls < MOST_CALLS; calls++) {
    const answer = await attempt().catch((error: unknown) => {
      last = error; // the connection was cut, or what came is no answer of ours
      return null;
    });
    if (answer !== null) return answer;
    await pause(PAUSE_MS);
  }
  throw new Error(`no resumable upload came to its end`, { cause: last });
}
