import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Puts a copy of the migrated database that was made before all suites below `dataDir`, if there is one. */
export function placeTemplate(dataDir: string): void {
  const template = process.env['PORTICO_TEST_TEMPLATE'];
  if (template) execFileSync('cp', ['-a', path.join(template, 'db'), dataDir]);
}
