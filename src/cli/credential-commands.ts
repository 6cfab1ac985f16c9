import type { Command } from 'commander';
import { CredentialRepository, IssueCredential, RevokeCredential } from '@portico/domain/identity';
import { type FirmId, UnitOfWork } from '@portico/domain/kernel';
import { firmId, list } from './arguments.js';
import { asOperator } from './operator.js';
import { print } from './output.js';

type Kind = 'api_key' | 'portal_token' | 'oauth_client';

/** `api-key`, `portal-token` and `oauth-client`. */
export function addCredentialCommands(program: Command): void {
  addApiKeyCommands(program.command('api-key').description('API keys: Basic authentication'));
  addPortalTokenCommands(program.command('portal-token').description('service tokens of the portal worker'));
  addOAuthClientCommands(program.command('oauth-client').description('OAuth 2 clients: client credentials'));
}

function addApiKeyCommands(keys: Command): void {
  keys
    .command('create')
    .description('make an API key for a user; its secret is shown this once')
    .requiredOption('--firm <ID>', 'the firm', firmId)
    .requiredOption('--user <EMAIL>', 'the user as whom the key acts')
    .option('--name <N>', 'what the key is for', 'API key')
    .action(async ({ firm, user, name }: { firm: FirmId; user: string; name: string }, command: Command) => {
      const key = await asOperator(async (operator) => {
        const userId = await operator.userOf(firm, user);
        return operator.get(IssueCredential).apiKey(operator.author, { firmId: firm, userId, name });
      });
      print(command, key);
    });
  addRevoke(keys, 'api_key', 'KEY');
}

function addPortalTokenCommands(tokens: Command): void {
  tokens
    .command('create')
    .description('make a token for the portal worker of a firm; it is shown this once')
    .requiredOption('--firm <ID>', 'the firm', firmId)
    .option('--name <N>', 'what the token is for', 'portal token')
    .action(async ({ firm, name }: { firm: FirmId; name: string }, command: Command) => {
      const token = await asOperator(async (operator) => {
        await operator.requireFirm(firm);
        return operator.get(IssueCredential).portalToken(operator.author, { firmId: firm, name });
      });
      print(command, token);
    });
  tokens
    .command('list')
    .description('all portal tokens, revoked ones included; never the tokens themselves')
    .option('--firm <ID>', 'of this firm only', firmId)
    .action(async ({ firm }: { firm?: FirmId }, command: Command) => {
      const found = await asOperator((operator) =>
        operator.get(UnitOfWork).run(() => operator.get(CredentialRepository).listPortalTokens(firm ?? null)),
      );
      print(command, { tokens: found });
    });
  addRevoke(tokens, 'portal_token', 'ID');
}

function addOAuthClientCommands(clients: Command): void {
  clients
    .command('create')
    .description('make an OAuth client that acts as a user; its secret is shown this once')
    .requiredOption('--firm <ID>', 'the firm', firmId)
    .requiredOption('--user <EMAIL>', 'the user for whom tokens are issued')
    .requiredOption('--scopes <A,B>', 'what its tokens may be used for', list)
    .action(async ({ firm, user, scopes }: { firm: FirmId; user: string; scopes: string[] }, command: Command) => {
      const client = await asOperator(async (operator) => {
        const userId = await operator.userOf(firm, user);
        return operator.get(IssueCredential).oauthClient(operator.author, { firmId: firm, userId, scopes });
      });
      print(command, client);
    });
  addRevoke(clients, 'oauth_client', 'ID');
}

function addRevoke(parent: Command, kind: Kind, argument: string): void {
  parent
    .command(`revoke <${argument}>`)
    .description('end it for good; the next call with it is refused')
    .action(async (id: string, _options: object, command: Command) => {
      await asOperator((operator) => operator.get(RevokeCredential).execute(operator.author, { kind, id }));
      print(command, { revoked: id });
    });
}
