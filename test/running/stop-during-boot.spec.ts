import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installations } from '../support/installations.js';
import { postmasterOf } from '../support/processes.js';
import { until } from '../support/until.js';
import { MainProcess } from './main-process.js';

describe('SIGTERM during the boot', () => {
  const installations = new Installations();
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await installations.directory();
  });

  afterAll(() => installations.remove(), 60_000);

  // one after the other in one directory: each boot goes on where the one before was stopped
  it.each<[string, (main: MainProcess) => boolean]>([
    ['makes the database', () => filesIn('db').some((name) => name.startsWith('init-'))],
    ['starts PostgreSQL', () => lockFile() !== ''],
    ['migrates', () => /^ready/m.test(lockFile())],
    ['says that it listens', (main) => main.output.includes('"listening"')],
    ['says that it listens, and once more', (main) => main.output.includes('"listening"')],
  ])(
    'ends it with 0 and leaves no process behind when it comes while the server %s',
    async (_what, reached) => {
      const main = new MainProcess(dataDir, {});
      installations.atEnd(() => main.kill());
      await until('that moment', () => reached(main), 30);
      main.signal('SIGTERM');
      expect(await main.ended).toBe(0);
      expect(processesNaming(dataDir)).toEqual([]);
    },
    60_000,
  );

  function filesIn(folder: string): string[] {
    const directory = path.join(dataDir, folder);
    return existsSync(directory) ? readdirSync(directory) : [];
  }

  function lockFile(): string {
    const file = path.join(dataDir, 'db', 'data', 'postmaster.pid');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
});

/** Command lines that name `directory`: of PostgreSQL, or of what makes or stops it. */
function processesNaming(directory: string): string[] {
  if (process.platform !== 'linux') return postmasterOf(directory) === undefined ? [] : ['postgres'];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return ''; // it ended just now
      }
    })
    .filter((command) => command.includes(directory));
}
