import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FilesApi } from '../support/files-api.js';
import { Installations } from '../support/installations.js';
import { PeopleApi } from '../support/people-api.js';
import { PorticoServer } from '../support/portico-server.js';
import { Audience } from '../support/publishing-api.js';
import { SeededRandom } from '../support/seeded-random.js';
import { sqlOn } from '../support/server-database.js';
import { SmtpInbox } from '../support/smtp-inbox.js';
import { copyDatabase } from '../support/suites.js';
import { UploadsApi } from '../support/uploads-api.js';
import { until } from '../support/until.js';
import { Balancer } from './balancer.js';
import { isWhole } from './fault-bench.js';
import { LedgerOfWrites } from './ledger-of-writes.js';
import { StubbornCaller } from './stubborn-caller.js';

const INSTANCES = isWhole ? 3 : 2;
const KILLS = isWhole ? 12 : 1;
const WRITERS = 3;
const LONGEST_MS = 800;
const LEASE_MS = 500;
const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));
/** As if the lease of a server that was killed were over; calls that run elsewhere lose theirs, too. */
const END_LEASES = `update idempotency_keys set leased_until = now() - interval '1 s' where state <> 'done'`;

describe(`${INSTANCES} instances behind a proxy that cuts connections (FAULT_SEED=${seed})`, () => {
  const installations = new Installations();
  const inbox = new SmtpInbox();
  const random = new SeededRandom(seed);
  let servers: PorticoServer[] = [];
  let balancer: Balancer;
  let ledgers: LedgerOfWrites[];

  beforeAll(async () => {
    const copy = await copyDatabase();
    installations.atEnd(() => copy.remove());
    await inbox.start();
    installations.atEnd(() => inbox.stop());
    const env = {
      ...{ DATABASE_URL: copy.url, SECRET_KEY: randomBytes(32).toString('base64'), SMTP_URL: inbox.url },
      ...{ STORAGE_URL: `file://${await installations.directory()}/blobs` },
    };
    const credentials = { firmId: '1', key: randomUUID(), secret: randomBytes(20).toString('hex') };
    const start = () => PorticoServer.start({ env, credentials });
    servers = await Promise.all(Array.from({ length: INSTANCES }, start));
    installations.atEnd(() => Promise.all(servers.map((server) => server.dispose())));
    balancer = await Balancer.start(random);
    installations.atEnd(() => balancer.stop());
    balancer.backends = servers.map(({ url }) => url);
  }, 60_000);
  afterAll(() => installations.remove(), 60_000);

  const first = (): PorticoServer => servers[0] as PorticoServer;
  const rows = async (text: string) => sqlOn(first(), text);

  it('are killed and started again while callers send what was not answered again', async () => {
    const people = PeopleApi.of(first());
    const entity = (await people.entity()).id;
    await new Audience(people).contact({}, { entities: [entity] });
    const caller = new StubbornCaller(balancer.url, first().headers);
    const uploads = new UploadsApi(balancer.url, first().headers);
    ledgers = Array.from(
      { length: WRITERS },
      (_, at) => new LedgerOfWrites(caller, uploads, new SeededRandom(seed + at + 1), entity),
    );
    let isOver = false;
    const writing = Promise.all(ledgers.map((ledger) => ledger.writeUntil(() => isOver)));
    let hasEnded = false;
    const aging = ageLeases(() => hasEnded);
    for (let kill = 0; kill < KILLS; kill++) await Promise.race([killOne(kill), writing]);
    isOver = true;
    await writing.finally(() => (hasEnded = true));
    await aging;
    expect(ledgers.flatMap(({ refusals }) => refusals)).toEqual([]);
    expect(ledgers.some(({ repeated }) => repeated > 0)).toBe(true);
    expect(balancer.cuts.size).toBeGreaterThan(1);
  }, 300_000);

  it('have every file once, byte for byte, under its last name', async () => {
    const api = new FilesApi(first().url, first().headers);
    const listed = (await api.walk('/files')).flatMap(({ data }) => data);
    const expected = ledgers.flatMap(({ files }) => files);
    expect(listed.map(({ attributes }) => attributes.name).sort()).toEqual(expected.map(({ name }) => name).sort());
    const sha256Of = new Map(expected.map(({ name, sha256 }) => [name, sha256]));
    for (const { id, attributes } of listed) {
      const { body } = await api.download(`/files/${id}/download`);
      expect(createHash('sha256').update(body).digest('hex')).toBe(sha256Of.get(attributes.name));
    }
    const told = await rows(`select subject_id from history where action = 'file.uploaded'`);
    expect(told.map(({ subject_id }) => subject_id).sort()).toEqual(listed.map(({ id }) => id).sort());
  }, 60_000);

  it('have published what was published once, and told of it once', async () => {
    const published = ledgers.flatMap(({ files }) => files.filter(({ isPublished }) => isPublished));
    const [count] = await rows(`select (select count(*)::int from publish_calls) as calls,
      (select count(*)::int from publications) as publications, (select count(*)::int from deliveries) as deliveries`);
    const each = published.length;
    expect(count).toEqual({ calls: each, publications: each, deliveries: each });
    if (isWhole) await until('all are told', allSettled, 90);
    const sent = (await rows(`select id::text from deliveries where state = 'sent'`)).map(({ id }) => String(id));
    const mails = new Set(inbox.received.map((mail) => mail.header('message-id') ?? ''));
    for (const id of sent) expect([...mails].filter((messageId) => messageId.includes(id))).toHaveLength(1);
    expect(mails.size).toBeLessThanOrEqual(each);
  }, 120_000);

  it('have a storage and a proof without a fault', async () => {
    for (const command of [
      ['fsck', '--deep'],
      ['audit', 'verify'],
    ]) {
      const { code, stdout } = await first().operate(...command, '--json');
      expect([code, stdout]).toEqual([0, expect.any(String)]);
    }
  }, 60_000);

  async function allSettled(): Promise<boolean> {
    return (await rows(`select from deliveries where state = 'queued'`)).length === 0;
  }

  /** Again and again: a key may have been taken in the moment of a kill. */
  async function ageLeases(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await pause(LEASE_MS);
      await rows(END_LEASES);
    }
  }

  /** Kills one of them in the middle of its work; the others go on meanwhile. */
  async function killOne(kill: number): Promise<void> {
    const at = kill % INSTANCES;
    await pause(100 + random.below(LONGEST_MS));
    const killed = servers[at] as PorticoServer;
    await killed.kill();
    balancer.backends = servers.filter((server) => server !== killed).map(({ url }) => url);
    servers[at] = await killed.again();
    balancer.backends = servers.map(({ url }) => url);
  }
});
