import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const SOURCES = [
  'src',
  'libs/domain/src',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
];

/** The time of the last change at or below `entry`. */
function changedAt(entry) {
  const stat = statSync(entry);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const below = readdirSync(entry).filter((name) => !name.endsWith('.spec.ts'));
  return Math.max(stat.mtimeMs, ...below.map((name) => changedAt(path.join(entry, name))));
}

/** Builds when there is no build or the sources are newer; a production installation has a build and no compiler. */
export function ensureBuilt() {
  const main = path.join(root, 'dist/src/main.js');
  const compiler = path.join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  if (!existsSync(compiler)) return;
  if (existsSync(main) && SOURCES.every((source) => changedAt(path.join(root, source)) <= statSync(main).mtimeMs))
    return;
  process.stderr.write('Building Portico …\n');
  const built = spawnSync(process.execPath, [compiler, 'build', 'app'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
