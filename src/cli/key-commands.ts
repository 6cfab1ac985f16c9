import type { Command } from 'commander';
import { CredentialVault, type KeyRotation, RotateKeys } from '@portico/domain/connections';
import { UnitOfWork } from '@portico/domain/kernel';
import { asOperator, type Operator } from './operator.js';
import { print } from './output.js';
import { Progress } from './progress.js';

/** `keys rotate` and `keys list`. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('the keys that encrypt the credentials of connections');
  keys
    .command('rotate')
    .description('make a new key, encrypt everything with it, and destroy the old ones; servers may run meanwhile')
    .action(async (_options: object, command: Command) => {
      print(command, await asOperator(rotate));
    });
  keys
    .command('list')
    .description('the keys, the newest first, and how many connections each encrypts; never the keys themselves')
    .action(async (_options: object, command: Command) => {
      const found = await asOperator((operator) =>
        operator.get(UnitOfWork).run(() => operator.get(CredentialVault).listKeys()),
      );
      print(command, { keys: found });
    });
}

async function rotate(operator: Operator): Promise<KeyRotation> {
  const told: { progress?: Progress } = {};
  const rotation = await operator.get(RotateKeys).execute(operator.author, (count, total) => {
    told.progress ??= new Progress('connections', total);
    told.progress.add(count);
  });
  told.progress?.end();
  return rotation;
}
