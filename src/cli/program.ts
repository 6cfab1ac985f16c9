import { Command, CommanderError } from 'commander';
import { DomainError, InvalidField } from '@portico/domain/kernel';
import { ConfigError } from '../platform/config/settings.js';
import { addAuditCommands } from './audit-commands.js';
import { addBackupCommands } from './backup-commands.js';
import { addClientCommands } from './client-commands.js';
import { addCredentialCommands } from './credential-commands.js';
import { addDemoCommand } from './demo/demo-command.js';
import { addFirmCommands } from './firm-commands.js';
import { addImportCommands } from './import/import-commands.js';
import { addKeyCommands } from './key-commands.js';
import { addMailCommands } from './mail-commands.js';
import { addStorageCommands } from './storage-commands.js';
import { addStorageCopyCommand } from './storage-copy.js';

const FAILED = 1;
const WRONG_CALL = 2;

function program(): Command {
  const command = new Command('portico')
    .description('The operator’s command line. It works on the settings of the server, whether that runs or not.')
    .option('--json', 'answer one JSON object on standard output')
    .exitOverride()
    .configureOutput({ outputError: () => undefined }) // told once, below
    .configureHelp({ showGlobalOptions: true });
  addFirmCommands(command);
  addCredentialCommands(command);
  addMailCommands(command);
  addClientCommands(command);
  addImportCommands(command);
  addAuditCommands(command);
  addKeyCommands(command);
  addStorageCommands(command);
  addStorageCopyCommand(command);
  addBackupCommands(command);
  addDemoCommand(command);
  inherit(command);
  return command;
}

/** `--json` may stand anywhere, and every command ends the same way. */
function inherit(parent: Command): void {
  for (const child of parent.commands) {
    child.copyInheritedSettings(parent);
    if (child.commands.length === 0) child.option('--json', 'answer one JSON object on standard output');
    inherit(child);
  }
}

/** Runs one command, and answers the exit code: 0, 1 for a failure, 2 for a wrong call with one line that says what. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const wrongCall = error instanceof CommanderError || (error instanceof DomainError && error.kind === 'invalid');
    const message = messageOf(error);
    const asked = error instanceof CommanderError && error.code === 'commander.help';
    const line = asked ? 'error: a command is missing' : message;
    process.stderr.write(`${error instanceof ConfigError ? message : line.replaceAll('\n', ' ')}\n`);
    return wrongCall ? WRONG_CALL : FAILED;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof InvalidField) return `${error.field} ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
