import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, LockedPackage>>;
type Section = Readonly<Record<string, string>>;
type Manifest = Readonly<Partial<Record<(typeof sections)[number], Section>>>;

const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'] as const;
const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Where Node would find `name` from the package at `path`: its own node_modules first, then outwards. */
function lookedUp(lock: Lock, path: string, name: string): LockedPackage | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const hit = lock[`${at === '' ? '' : `${at}/`}node_modules/${name}`];
    if (hit ?? at === '') return hit;
  }
}

/** `npm install` leaves a package for another platform out when it cannot have it; `npm ci` then refuses the lock. */
function missingOptionalPackages(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([path, locked]) =>
    Object.keys(locked.optionalDependencies ?? {})
      .filter((name) => lookedUp(lock, path, name)?.version === undefined)
      .map((name) => `${path || 'package.json'}: ${name}`),
  );
}

function foreignHosts(lock: Lock): string[] {
  return Object.entries(lock)
    .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))
    .map(([path]) => path);
}

function unpinned(manifest: Manifest): string[] {
  return sections.flatMap((section) =>
    Object.entries(manifest[section] ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${section}: ${name}@${version}`),
  );
}

describe('package-lock.json', () => {
  const lock = json<{ packages: Lock }>('package-lock.json').packages;

  it('holds every optional package, so that npm ci takes it on every platform', () => {
    expect(missingOptionalPackages(lock)).toEqual([]);
  });

  it('names no host but the public registry', () => {
    expect(foreignHosts(lock)).toEqual([]);
  });

  it('is seen to fail when an optional package is missing', () => {
    const planted: Lock = {
      '': { optionalDependencies: { here: '1.0.0', 'not-here': '1.0.0' } },
      'node_modules/here': {
        version: '1.0.0',
        optionalDependencies: { nested: '1.0.0', hoisted: '1.0.0', gone: '1.0.0' },
      },
      'node_modules/here/node_modules/nested': { version: '1.0.0' },
      'node_modules/hoisted': { version: '1.0.0' },
      'node_modules/here/node_modules/gone': {},
    };
    expect(missingOptionalPackages(planted)).toEqual(['package.json: not-here', 'node_modules/here: gone']);
  });

  it('is seen to fail when a package comes from elsewhere', () => {
    const planted: Lock = {
      'node_modules/a': { resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' },
      'node_modules/b': { resolved: 'https://mirror.example.test/b/-/b-1.0.0.tgz' },
      'node_modules/c': { version: '1.0.0' },
    };
    expect(foreignHosts(planted)).toEqual(['node_modules/b']);
  });
});

describe('package.json', () => {
  it('pins every dependency to one version', () => {
    expect(unpinned(json<Manifest>('package.json'))).toEqual([]);
  });

  it('is seen to fail on a range, a tag and an address', () => {
    const planted: Manifest = {
      dependencies: { exact: '1.2.3', beta: '18.4.0-beta.17', caret: '^1.2.3' },
      devDependencies: { tag: 'latest', address: 'git+https://example.test/x.git' },
    };
    expect(unpinned(planted)).toEqual([
      'dependencies: caret@^1.2.3',
      'devDependencies: tag@latest',
      'devDependencies: address@git+https://example.test/x.git',
    ]);
  });
});
