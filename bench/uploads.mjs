import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';

const MIB = 1024 * 1024;
const LARGE = 1024 * MIB;
const SMALL = 64 * MIB;
const CHUNK = 8 * MIB;
const AT_ONCE = 16;
const RSS_AIM_MB = 400;
const OFFSET_BYTES = 'application/offset+octet-stream';
const piece = randomBytes(CHUNK);

/**
 * How long 1 GiB takes in one piece of multipart/form-data, and as a resumable upload in one call and in chunks; how long
 * the last chunk takes of a small and of a large upload; and how much memory 16 uploads at once need.
 * @throws Error when an answer is not what it should be
 */
export async function measureUploads(stage, progress) {
  const server = new Uploader(stage);
  const rows = [];
  await server.chunks(SMALL); // warm
  progress('1 GiB as multipart/form-data');
  const plain = await timed(() => server.plain(LARGE));
  progress('1 GiB as a resumable upload, in one call');
  const one = await timed(() => server.whole(LARGE));
  progress('1 GiB as a resumable upload, in chunks');
  const many = await timed(() => server.chunks(LARGE));
  const last = server.lastMs;
  await server.chunks(SMALL);
  rows.push(['1 GiB, multipart/form-data', seconds(plain), '1.00']);
  rows.push(['1 GiB, resumable, one call', seconds(one), (plain / one).toFixed(2)]);
  rows.push([`1 GiB, resumable, chunks of ${CHUNK / MIB} MiB`, seconds(many), (plain / many).toFixed(2)]);
  rows.push(['Last chunk and file of 64 MiB', `${server.lastMs.toFixed(0)} ms`, '']);
  rows.push(['Last chunk and file of 1 GiB', `${last.toFixed(0)} ms`, (server.lastMs / last).toFixed(2)]);
  progress(`${AT_ONCE} resumable uploads of 64 MiB at once`);
  const { ms, most } = await server.atOnce();
  rows.push([`${AT_ONCE} of 64 MiB at once, resumable`, seconds(ms), '']);
  rows.push([`Memory meanwhile, aim ${RSS_AIM_MB} MB`, `${most.toFixed(0)} MB`, '']);
  server.close();
  const lines = [['What', 'Takes', 'Ratio'], ['---', '---', '---'], ...rows].map((row) => `| ${row.join(' | ')} |`);
  return `\n${lines.join('\n')}\n`;
}

class Uploader {
  /** How long the last chunk of the last upload took. */
  lastMs = 0;
  #agent = new Agent({ keepAlive: true });

  constructor({ url, headers }) {
    this.url = url.portico;
    this.headers = headers;
  }

  close() {
    this.#agent.destroy();
  }

  async plain(bytes) {
    const boundary = randomUUID();
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n`;
    const foot = `\r\n--${boundary}--\r\n`;
    const headers = {
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': head.length + bytes + foot.length,
    };
    const answer = await this.#send('POST', '/api/v1/files', headers, [head, ...pieces(bytes), foot]);
    assert.equal(answer.statusCode, 201);
  }

  async whole(bytes) {
    const answer = await this.#append(await this.#begin(bytes), 0, bytes);
    assert.match(answer.headers['content-location'], /files/);
  }

  async chunks(bytes) {
    const address = await this.#begin(bytes);
    for (let at = 0; at < bytes; at += CHUNK) {
      const begun = performance.now();
      const answer = await this.#append(address, at, CHUNK);
      this.lastMs = performance.now() - begun;
      assert.equal(answer.headers['upload-offset'], String(at + CHUNK));
    }
  }

  /** The memory is what the server tells of itself, asked for all the while. */
  async atOnce() {
    let most = 0;
    const look = async () => {
      const text = await (await fetch(`${this.url}/metrics`)).text();
      most = Math.max(most, Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6);
    };
    const looking = setInterval(() => void look(), 200);
    const ms = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, () => this.chunks(SMALL))));
    clearInterval(looking);
    await look();
    return { ms, most };
  }

  async #begin(bytes) {
    const metadata = `filename ${Buffer.from('large.bin').toString('base64')}`;
    const headers = { 'Upload-Length': bytes, 'Upload-Metadata': metadata };
    const answer = await this.#send('POST', '/api/v1/uploads', headers, []);
    assert.equal(answer.statusCode, 201);
    return answer.headers.location;
  }

  async #append(address, offset, bytes) {
    const headers = { 'Content-Type': OFFSET_BYTES, 'Content-Length': bytes, 'Upload-Offset': offset };
    const answer = await this.#send('PATCH', address, headers, pieces(bytes));
    assert.equal(answer.statusCode, 204);
    return answer;
  }

  async #send(method, path, headers, body) {
    const all = { ...this.headers, 'Tus-Resumable': '1.0.0', ...headers };
    const sent = request(`${this.url}${path}`, { method, headers: all, agent: this.#agent });
    const answered = once(sent, 'response');
    for (const part of body) if (!sent.write(part)) await once(sent, 'drain');
    sent.end();
    const [answer] = await answered;
    answer.resume();
    await once(answer, 'end');
    return answer;
  }
}

function* pieces(bytes) {
  for (let at = 0; at < bytes; at += CHUNK) yield piece;
}

async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
