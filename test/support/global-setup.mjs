import 'reflect-metadata';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const BUILT = path.resolve(import.meta.dirname, '../../dist/src');
const OPERATOR = path.resolve(import.meta.dirname, 'operator-process.mjs');
const TEMPLATE_DATABASE = 'portico';
const SHARED_DATABASE = 'shared';
const START_MS = 60_000;

/**
 * Before all suites: makes what most of them can use together, because to make it takes seconds. A migrated database
 * of which they take copies, a PostgreSQL for those copies, a server on which a suite has a firm of its own, and the
 * operator's command line on that server. `test/support/suites.ts` tells the suites where it is.
 */
export default async function prepareSuites() {
  if (!existsSync(BUILT)) return;
  const home = await mkdtemp(path.join(tmpdir(), 'portico-suites-'));
  const children = [];
  globalThis.porticoSuites = { home, children };
  process.once('exit', () => children.reverse().forEach((child) => child.kill('SIGQUIT')));

  const template = path.join(home, 'template');
  await makeTemplate(template);
  const clusterHome = path.join(home, 'cluster');
  await mkdir(clusterHome);
  execFileSync('cp', ['-a', path.join(template, 'db'), clusterHome]);
  const databaseUrl = await startPostgres(clusterHome, children);
  await onCluster(databaseUrl, `create database ${SHARED_DATABASE} template ${TEMPLATE_DATABASE}`);

  const compiled = path.join(home, 'compiled');
  const shared = await startShared({ home, compiled, databaseUrl, children });
  process.env.PORTICO_SUITES = JSON.stringify({ template, compiled, cluster: databaseUrl, shared });
}

async function makeTemplate(dataDir) {
  const { attachEmbeddedDatabase } = await import('../../dist/src/platform/database/embedded/embedded-database.js');
  const { migrate, openDatabase } = await import('../../dist/src/platform/database/open-database.js');
  const { JOBS_SCHEMA } = await import('../../dist/src/platform/jobs/job-queue.js');
  const { entities } = await import('../../dist/src/mikro-orm.config.js');
  const embedded = await attachEmbeddedDatabase({ dataDir, role: 'command', log: () => undefined });
  const database = await openDatabase({ url: embedded.url, poolSize: 2, entities });
  await migrate(database);
  await database.close();
  const jobs = new PgBoss({ connectionString: embedded.url, schema: JOBS_SCHEMA, supervise: false, schedule: false });
  await jobs.start();
  await jobs.stop();
  await embedded.detach();
}

/**
 * A PostgreSQL with the database of the template, for many at once. What is written may be lost when the machine stops:
 * suites about crashes have a PostgreSQL of their own.
 */
async function startPostgres(dataDir, children) {
  const { prepareCluster } = await import('../../dist/src/platform/database/embedded/cluster.js');
  const { start } = await import('../../dist/src/platform/database/embedded/account.js');
  const { findFreePort } = await import('../../dist/src/platform/database/embedded/free-port.js');
  const { account, binaries, data, password } = await prepareCluster(dataDir, () => undefined);
  const port = await findFreePort();
  const settings = [
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=256MB'],
    ...['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'jit=off', 'timezone=UTC'],
  ];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const out = openSync(path.join(dataDir, 'postgres.log'), 'a');
  children.push(start(account, binaries.postgres, ['-D', data, '-p', String(port), ...options], ['ignore', out, out]));
  const url = `postgres://portico:${password}@127.0.0.1:${port}/${TEMPLATE_DATABASE}`;
  for (const end = Date.now() + START_MS; ; await pause(50)) {
    const fault = await onCluster(url, 'select').then(
      () => undefined,
      (error) => error,
    );
    if (!fault) return url;
    if (Date.now() > end) throw fault;
  }
}

async function onCluster(url, statement) {
  const administration = new URL(url);
  administration.pathname = '/postgres';
  const client = new pg.Client({ connectionString: administration.href });
  client.on('error', () => undefined); // the statement under way fails with the same error
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function startShared({ home, compiled, databaseUrl, children }) {
  const url = new URL(databaseUrl);
  url.pathname = `/${SHARED_DATABASE}`;
  const dataDir = path.join(home, 'shared');
  await mkdir(dataDir);
  const environment = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: compiled },
    ...{ DATA_DIR: dataDir, DATABASE_URL: url.href, SECRET_KEY: randomBytes(32).toString('base64') },
    ...{ PORT: '0', RATE_LIMIT_PER_MINUTE: '0' },
    ...{ BOOTSTRAP_API_KEY: randomUUID(), BOOTSTRAP_API_SECRET: randomBytes(20).toString('hex') },
  };
  const log = path.join(home, 'shared.log');
  const out = openSync(log, 'a');
  const server = spawn(process.execPath, [path.join(BUILT, 'main.js')], {
    ...{ cwd: dataDir, env: environment, stdio: ['ignore', out, out] },
  });
  children.push(server);
  const address = await listening(server, log);
  const operator = path.join(home, 'operator.sock');
  const commands = spawn(process.execPath, [OPERATOR, operator], {
    ...{ env: environment, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  children.push(commands);
  await once(commands.stdout, 'data');
  return { url: address, dataDir, environment, log, operator };
}

/** The address in the log line that says so. */
async function listening(server, log) {
  for (const end = Date.now() + START_MS; Date.now() < end && server.exitCode === null; await pause(50)) {
    const address = /"address":"(http[^"]+)".*"listening"/.exec(readFileSync(log, 'utf8'))?.[1];
    if (address) return address;
  }
  throw new Error(`the server of the suites did not start:\n${readFileSync(log, 'utf8')}`);
}
