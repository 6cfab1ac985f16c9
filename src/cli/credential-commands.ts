import { type Command, Option } from 'commander';
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
  addOAuthClientCommands(program.command('oauth-client').description('OAuth 2 clients'));
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

interface ClientOptions {
  firm: FirmId;
  user: string;
  scopes: string[];
  name?: string;
  redirectUri: string[];
  public: boolean;
}

function addOAuthClientCommands(clients: Command): void {
  clients
    .command('create')
    .description('make an OAuth client; its secret is shown this once')
    .requiredOption('--firm <ID>', 'the firm', firmId)
    .requiredOption('--user <EMAIL>', 'the user for whom it gets tokens in its own name')
    .requiredOption('--scopes <A,B>', 'what its tokens may be used for', list)
    .option('--name <N>', 'how people are told who asks them')
    .addOption(
      new Option(
        '--redirect-uri <URI,URI>',
        'let users of the firm sign in for it, and send them back here; repeatable',
      )
        .argParser((text, before: string[]) => [...before, ...list(text)])
        .default([]),
    )
    .option('--public', 'a program that can keep no secret: it acts for those who sign in alone', false)
    .action(async (options: ClientOptions, command: Command) => {
      const { firm, user, scopes, name, redirectUri: redirectUris, public: isPublic } = options;
      const client = await asOperator(async (operator) => {
        const userId = await operator.userOf(firm, user);
        const input = { firmId: firm, userId, scopes, name, redirectUris, isPublic };
        return operator.get(IssueCredential).oauthClient(operator.author, input);
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
