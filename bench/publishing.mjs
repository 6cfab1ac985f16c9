import assert from 'node:assert/strict';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';

/** What one call publishes, and to how many. */
const [FILES, CONTACTS] = [500, 50];
const MAILS = 200;
/** The entities to whose contacts is published; nothing else is linked to them. */
const [MANY, TOLD] = [2_000_001, 2_000_002];

/** A mail server that takes everything; answers its address, how many mails it has taken, and how to stop it. */
export async function startMailbox() {
  let taken = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      stream.resume().on('end', () => {
        taken++;
        done();
      });
    },
  });
  server.on('error', () => undefined); // Portico goes away at the end
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address();
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { url: `smtp://127.0.0.1:${port}`, taken: () => taken, stop };
}

const CONTACTS_OF = `
  with added as (
    insert into contacts (firm_id, first_name, last_name, login_email, portal_access,
      is_exempt_from_two_factor_requirement, mailing_addresses, emails, phone_numbers, family_members, time_zone,
      language, portal_role, publish_files, notify_by_email, created_by, created_at, modified_at)
    select 1, 'Contact ' || i, 'Of ' || $1, 'contact-' || i || '-of-' || $1 || '@example.test', 'invited', false,
      '[]', '[]', '[]', '[]', 'UTC', 'en', 'viewer', true, true, (select min(id) from users), now(), now()
    from generate_series(1, $2::int) i returning id)
  insert into contact_entities select 1, id, $1::bigint from added`;
const ENTITY = `insert into entities (id, firm_id, original_name, model_type, created_at, modified_at)
  values ($1, 1, 'Published', 'HOUSEHOLD', now(), now())`;
const LINKED = `insert into file_entities (firm_id, file_id, entity_id) select 1, i, $3::bigint
  from generate_series($1::bigint, $2::bigint) i`;

/**
 * Publishes 500 files to 50 contacts without mails, other files in each round, and one file to 200 contacts with mails;
 * answers the milliseconds of each, by round.
 * @throws Error when an answer is not what it should be
 */
export async function measurePublishing({ stage, mailbox, files: available }, wanted) {
  const rounds = Math.min(wanted, Math.floor(available / (FILES + 1)));
  await prepare(stage.databaseUrl, rounds);
  const without = { title: `Publish ${FILES} files to ${CONTACTS} contacts, no mails`, ms: [] };
  const told = { title: `Publish 1 file to ${MAILS} contacts, ${MAILS} mails sent`, ms: [] };
  for (let round = 0; round < rounds; round++) {
    const files = Array.from({ length: FILES }, (_, at) => 1 + round * FILES + at);
    without.ms.push(await publish(stage, files, 'DO_NOT_NOTIFY'));
    const before = mailbox.taken();
    told.ms.push(await publish(stage, [1 + rounds * FILES + round], 'NOTIFY'));
    assert.equal(mailbox.taken() - before, MAILS);
  }
  return [without, told];
}

async function prepare(databaseUrl, rounds) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    for (const [entity, contacts] of [
      [MANY, CONTACTS],
      [TOLD, MAILS],
    ]) {
      await client.query(ENTITY, [entity]);
      await client.query(CONTACTS_OF, [entity, contacts]);
    }
    await client.query(LINKED, [1, rounds * FILES, MANY]);
    await client.query(LINKED, [1 + rounds * FILES, rounds * FILES + rounds, TOLD]);
  } finally {
    await client.end();
  }
}

async function publish({ url, headers }, files_id, contact_notification) {
  const attributes = { files_id, portal_publishing: 'PUBLISH', contact_notification };
  const body = JSON.stringify({ data: { type: 'publish_portal_files_request', attributes } });
  const begun = performance.now();
  const response = await fetch(`${url.portico}/v1/portal/publish_files`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/vnd.api+json' },
    body,
  });
  const answer = await response.json();
  const ms = performance.now() - begun;
  assert.equal(response.status, 200, JSON.stringify(answer));
  assert.equal(answer.data.length, files_id.length);
  for (const { attributes: result } of answer.data)
    assert.deepEqual([result.publish_status, result.notify_status], ['success', 'success']);
  return ms;
}
