import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Puts a copy of the migrated database that was made before all suites below `dataDir`, if there is one. */
export function placeTemplate(dataDir: string): void {
  const template = process.env['PORTICO_TEST_TEMPLATE'];
  if (template) execFileSync('cp', ['-a', path.join(template, 'db'), dataDir]);
}

/** The setting with which the servers of all suites share what Node.js has compiled. */
export function compiledOnce(): { readonly NODE_COMPILE_CACHE?: string } {
  const template = process.env['PORTICO_TEST_TEMPLATE'];
  return template ? { NODE_COMPILE_CACHE: path.join(template, 'compiled') } : {};
}
