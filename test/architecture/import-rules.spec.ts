import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innocentTree, plants } from './planted-violations.js';

interface RuleBook {
  readonly default: { readonly forbidden: readonly { readonly name: string }[] };
  readonly contexts: readonly string[];
  readonly modules: Readonly<Record<string, string>>;
}
interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const root = process.cwd();
const configFile = '.dependency-cruiser.mjs';
const book = (await import(pathToFileURL(resolve(root, configFile)).href)) as RuleBook;
const rules = book.default.forbidden.map((rule) => rule.name);
const planted = plants(rules, book.contexts, book.modules);

async function violationsIn(directory: string): Promise<string[]> {
  const cruiser = resolve(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = ['src', 'libs', 'test', 'bench'].filter((folder) => existsSync(join(directory, folder)));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cruiser, ...folders, '--config', configFile, '--output-type', 'json'],
    { cwd: directory, maxBuffer: 256 * 1024 * 1024 },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`);
}

async function write(directory: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, file)), { recursive: true });
  await writeFile(join(directory, file), text);
}

/** Stand-ins, so that the planted tree does not depend on what happens to be installed. */
async function writePackages(directory: string): Promise<void> {
  for (const name of ['@mikro-orm/core', 'kysely', 'some-package', 'dev-package', 'undeclared-package']) {
    await write(
      directory,
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', main: 'i.js' }),
    );
    await write(directory, `node_modules/${name}/i.js`, 'export {};\n');
  }
  const manifest = {
    name: 'planted',
    type: 'module',
    dependencies: { '@mikro-orm/core': '1.0.0', kysely: '1.0.0', 'some-package': '1.0.0' },
    devDependencies: { 'dev-package': '1.0.0' },
  };
  await write(directory, 'package.json', JSON.stringify(manifest));
}

describe('the import rules', () => {
  let directory: string;
  let found: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'portico-import-rules-'));
    for (const file of [configFile, 'tsconfig.json']) await copyFile(join(root, file), join(directory, file));
    await writePackages(directory);
    for (const [file, text] of Object.entries(innocentTree(book.contexts))) await write(directory, file, text);
    for (const plant of planted) await write(directory, plant.file, plant.text);
    found = await violationsIn(directory);
  }, 60_000);

  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('are kept by this repository', async () => {
    expect(await violationsIn(root)).toEqual([]);
  }, 60_000);

  it.each(rules)('catch what breaks %s', (rule) => {
    const mine = planted.filter((plant) => plant.rule === rule);
    expect(mine).not.toHaveLength(0);
    const missed = mine.filter((plant) => !found.some((line) => line.startsWith(`${rule}: ${plant.file} -> `)));
    expect(missed.map((plant) => plant.file)).toEqual([]);
  });

  it('name only rules that exist in the planted tree', () => {
    expect(planted.map((plant) => plant.rule).filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('leave what is allowed alone', () => {
    const innocents = Object.keys(innocentTree(book.contexts));
    expect(found.filter((line) => innocents.some((file) => line.includes(`: ${file} -> `)))).toEqual([]);
  });
});
