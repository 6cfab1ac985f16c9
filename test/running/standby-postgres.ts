import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { start } from '../../src/platform/database/embedded/account.js';
import { prepareCluster, superuser } from '../../src/platform/database/embedded/cluster.js';
import { findFreePort } from '../../src/platform/database/embedded/free-port.js';
import { placeTemplate } from '../support/suites.js';
import { until } from '../support/until.js';
import { queryDatabase, SeparatePostgres } from './separate-postgres.js';

const DATABASE = 'portico';

/** A PostgreSQL server with the migrated database, and another that follows it as its standby. */
export class StandbyPostgres {
  private constructor(
    private readonly primary: SeparatePostgres,
    private readonly standby: ChildProcess,
    readonly primaryUrl: string,
    /** As the superuser, who may hold it up. */
    readonly standbyUrl: string,
  ) {}

  /** Below `directory`, which is emptied by the caller after `stop`. */
  static async start(directory: string): Promise<StandbyPostgres> {
    const home = path.join(directory, 'postgres');
    await mkdir(home);
    placeTemplate(home);
    const copy = path.join(directory, 'standby');
    execFileSync('cp', ['-a', home, copy]); // of a database that was shut down
    const primary = new SeparatePostgres(directory);
    await primary.start();
    const primaryUrl = primary.urlOf(DATABASE);
    const { child, url } = await follow(copy, new URL(primaryUrl));
    await until('the standby follows', () => queryDatabase(url, 'select').catch(() => null));
    return new StandbyPostgres(primary, child, primaryUrl, url);
  }

  async stopStandby(): Promise<void> {
    if (this.standby.exitCode !== null || this.standby.signalCode !== null) return;
    this.standby.kill('SIGQUIT');
    await once(this.standby, 'exit');
  }

  async stop(): Promise<void> {
    await this.stopStandby();
    await this.primary.stop();
  }
}

async function follow(home: string, primary: URL): Promise<{ child: ChildProcess; url: string }> {
  const { account, binaries, data, password } = await prepareCluster(home, () => undefined);
  const port = await findFreePort();
  const source = `host=${primary.hostname} port=${primary.port} user=${superuser} password=${password}`;
  await appendFile(path.join(data, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
  await writeFile(path.join(data, 'standby.signal'), '');
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=60', 'timezone=UTC'];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const child = start(account, binaries.postgres, ['-D', data, '-p', String(port), ...options], 'ignore');
  return { child, url: `postgres://${superuser}:${password}@127.0.0.1:${port}/${DATABASE}` };
}
