import type { Command } from 'commander';
import { CreateClient } from '@portico/domain/directory';
import type { ClientId, FirmId } from '@portico/domain/kernel';
import { clientId, firmId } from './arguments.js';
import { asOperator } from './operator.js';
import { print } from './output.js';

interface ClientOptions {
  readonly firm: FirmId;
  readonly name: string;
  readonly parent?: ClientId;
}

/** `client create`. */
export function addClientCommands(program: Command): void {
  program
    .command('client')
    .description('the companies that a firm serves')
    .command('create')
    .description('add a client and the entity that is its own')
    .requiredOption('--firm <ID>', 'the firm', firmId)
    .requiredOption('--name <NAME>', 'what the client is called')
    .option('--parent <ID>', 'the client above it in its group', clientId)
    .action(async ({ firm, name, parent }: ClientOptions, command: Command) => {
      const client = await asOperator(async (operator) => {
        await operator.requireFirm(firm);
        return operator.get(CreateClient).execute({ ...operator.author, firmId: firm }, { name, parentId: parent });
      });
      print(command, client);
    });
}
