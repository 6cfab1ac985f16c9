import type { Command } from 'commander';
import { firmId } from '../arguments.js';
import { print } from '../output.js';
import { CLIENTS } from './clients-import.js';
import { CONTACTS } from './contacts-import.js';
import type { ImportKind, NamedRow } from './import-kind.js';
import { importFile, type ImportOptions } from './import-session.js';
import { interruptible } from './interruption.js';

/** `import clients` and `import contacts`. */
export function addImportCommands(program: Command): void {
  const parent = program.command('import').description('take over clients or contacts from a CSV file');
  addKind(parent, CLIENTS);
  addKind(parent, CONTACTS);
}

function addKind<Body extends object, Row extends NamedRow>(parent: Command, kind: ImportKind<Body, Row>): void {
  parent
    .command(`${kind.what} <FILE>`)
    .description(`add ${kind.what}, or change those with the same externalId; a dry run first shows what would change`)
    .requiredOption('--firm <ID>', 'the firm', firmId)
    .requiredOption('--user <EMAIL>', 'the user in whose name, and with whose rights')
    .option('--dry-run', 'show what would change, and nothing more')
    .option('--skip-bad', 'leave out lines that are refused; without, one of them is enough to write nothing')
    .option('--yes', 'write without asking')
    .addHelpText('after', `\nColumns: ${Object.keys(kind.columns).join(', ')}`)
    .action(async (path: string, options: ImportOptions, command: Command) => {
      const isJson = command.optsWithGlobals<{ json?: boolean }>().json === true;
      const { result, failure } = await interruptible((signal) =>
        importFile(kind, path, { ...options, isJson, signal }),
      );
      if (isJson) print(command, result);
      if (failure !== null) throw new Error(failure);
    });
}
