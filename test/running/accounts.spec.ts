import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chownSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import { basic } from '../support/portico.js';
import { postmasterOf } from '../support/processes.js';
import { MainProcess } from './main-process.js';

interface Account {
  readonly name: string;
  readonly uid: number;
  /** Put before the command. */
  readonly as: readonly string[];
}

const ORDINARY = 65_534;
const ourUid = process.getuid?.() ?? -1;
const ourselves: Account = { name: ourUid === 0 ? 'root' : 'this user', uid: ourUid, as: [] };
const ordinary: Account = {
  name: 'an ordinary user',
  uid: ORDINARY,
  as: ['setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups'],
};
const canBeOrdinary = ourUid === 0 && runsAs(ordinary);

if (ourUid !== 0) console.info('Running as root is not tested: this user is not root');
else if (!canBeOrdinary) console.info('Running as an ordinary user is not tested: setpriv or the files refuse it');

describe('the server', () => {
  const installations = new Installations();

  afterAll(() => installations.remove(), 60_000);

  it.each(canBeOrdinary ? [ourselves, ordinary] : [ourselves])(
    'works as $name, on files that belong to that account',
    async ({ uid, as }) => {
      const dataDir = await installations.directory();
      if (uid !== ourUid) chownSync(dataDir, uid, uid);
      const [key, secret] = [randomUUID(), randomBytes(20).toString('hex')];
      const main = new MainProcess(dataDir, { BOOTSTRAP_API_KEY: key, BOOTSTRAP_API_SECRET: secret }, as);
      installations.atEnd(() => main.kill());
      const url = await main.listening();
      const client = new FileClient(url, { Authorization: basic(key, secret), 'Addepar-Firm': '1' });
      const { body } = await client.upload('file.txt', [Buffer.from('content')]);
      const { id, attributes } = body?.data ?? { id: '', attributes: { sha256: '' } };
      const { sha256 } = await client.download(`/api/v1/files/${id}/download`);
      expect(sha256).toBe(attributes.sha256);
      expect((await client.archive(id)).status).toBe(204);
      client.close();
      if (process.platform === 'linux') expect(userOf(postmasterOf(dataDir))).toBe(uid);
      for (const made of ['secret.key', 'blobs', 'db/data']) expect(ownerOf(path.join(dataDir, made))).toBe(uid);

      main.signal('SIGTERM');
      expect(await main.ended).toBe(0);
      expect(postmasterOf(dataDir)).toBeUndefined();
    },
    60_000,
  );
});

/** Whether that account can run Node with our packages. */
function runsAs({ as: [command = '', ...args] }: Account): boolean {
  try {
    const options = { stdio: 'ignore', cwd: path.resolve(import.meta.dirname, '../..') } as const;
    execFileSync(command, [...args, process.execPath, '-e', 'require("pg")'], options);
    return true;
  } catch {
    return false;
  }
}

function userOf(pid = -1): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

function ownerOf(file: string): number {
  return process.platform === 'win32' ? ourUid : statSync(file).uid;
}
