import { type Command, Option } from 'commander';
import { CreateUser } from '@portico/domain/identity';
import { type EntityId, type FirmId, type GroupId, type Permission, Random } from '@portico/domain/kernel';
import { FoundFirm } from '../identity/identity.module.js';
import { firmId, ids, permissions } from './arguments.js';
import { asOperator, type Operator } from './operator.js';
import { print } from './output.js';

const PASSWORD_LENGTH = 24;

/** `firm create` and `user create`. */
export function addFirmCommands(program: Command): void {
  program
    .command('firm')
    .description('tenants')
    .command('create')
    .description('make a firm with an administrator, an API key and a portal token; the secrets are shown this once')
    .requiredOption('--name <NAME>', 'what the firm is called')
    .option('--id <ID>', 'its id; without it, the next free one', firmId)
    .option('--admin-email <E>', 'sign-in of the administrator', 'admin@example.test')
    .option('--admin-password <P>', 'its password; without it, one is made')
    .action(async (options: FirmOptions, command: Command) =>
      print(command, await asOperator((o) => foundFirm(o, options))),
    );
  program
    .command('user')
    .description('staff')
    .command('create')
    .description('add a user to a firm')
    .requiredOption('--firm <ID>', 'the firm', firmId)
    .requiredOption('--email <E>', 'sign-in, and the name of the user in other commands')
    .requiredOption('--name <N>', 'the name of the person')
    .option('--password <P>', 'without it, one is made')
    .option('--permissions <a,b>', 'what the user may do', permissions, [])
    .option('--all-data', 'all data of the firm, not only the permitted entities and groups', false)
    .addOption(new Option('--entities <1,2>', 'permitted entities').argParser(ids).default([]))
    .addOption(new Option('--groups <3,4>', 'permitted groups').argParser(ids).default([]))
    .action(async (options: UserOptions, command: Command) =>
      print(command, await asOperator((o) => createUser(o, options))),
    );
}

interface FirmOptions {
  name: string;
  id?: FirmId;
  adminEmail: string;
  adminPassword?: string;
}

interface UserOptions {
  firm: FirmId;
  email: string;
  name: string;
  password?: string;
  permissions: Permission[];
  allData: boolean;
  entities: string[];
  groups: string[];
}

async function foundFirm(operator: Operator, options: FirmOptions): Promise<object> {
  const { name, id, adminEmail, adminPassword } = options;
  const founded = await operator.get(FoundFirm).execute(operator.author, {
    id: id ?? null,
    name,
    adminEmail,
    adminPassword: adminPassword ?? null,
    apiKey: null,
    apiSecret: null,
    portalToken: null,
  });
  return { ...founded };
}

async function createUser(operator: Operator, options: UserOptions): Promise<object> {
  const password = options.password ?? operator.get(Random).alphanumeric(PASSWORD_LENGTH);
  const user = await operator.get(CreateUser).byOperator(operator.author, {
    firmId: options.firm,
    email: options.email,
    name: options.name,
    password,
    permissions: options.permissions,
    allDataAccess: options.allData,
    permitted: { entityIds: options.entities as EntityId[], groupIds: options.groups as GroupId[] },
  });
  return { ...user, password };
}
