import type { History } from '../history/index.js';
import type { Author, Clock, ConnectionId, Random } from '../kernel/index.js';
import type { Notifier } from '../notifications/index.js';
import type { ConnectionClient } from './connection-clients.js';
import type { ConnectionRepository } from './connection-repository.js';
import type { TriedConnection } from './connection-trial.js';
import { Connection, type ConnectionSource } from './connection.js';
import type { CredentialVault } from './credential-vault.js';
import { PLATFORM_NAMES } from './platform.js';

/** Keeps connections that were tried; used inside a unit of work. */
export class NewConnections {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly vault: CredentialVault,
    private readonly history: History,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Seals its credentials and tells the delivery manager. @throws DomainError `platform_already_connected` */
  async add(
    author: Author,
    client: ConnectionClient,
    source: ConnectionSource,
    { platform, credentials, account, displayName }: TriedConnection,
  ): Promise<Connection> {
    const owner = { firmId: author.firmId, id: this.random.uuid() as ConnectionId };
    const { id: accountId, storeUrl, scopes, tokenExpiresAt } = account;
    const sealed = (await this.vault.sealer()).seal(owner, credentials);
    const known = { platform, source, displayName, accountId, storeUrl, scopes, tokenExpiresAt };
    const connection = new Connection({ ...owner, clientId: client.id, ...known, ...sealed }, this.clock.now());
    await this.connections.add(connection);
    await this.history.record(author, {
      action: 'connection.created',
      subject: { type: 'connection', id: owner.id },
      clientId: client.id,
      details: { platform, source, displayName, accountId, storeUrl },
    });
    await this.tell(author, client, connection);
    return connection;
  }

  private async tell(author: Author, client: ConnectionClient, connection: Connection): Promise<void> {
    const { userId, contactId } = author;
    if (client.deliveryManagerId === null) return;
    await this.notifier.raise(author.firmId, [
      {
        type: 'connection_made',
        to: { userIds: [client.deliveryManagerId] },
        clientId: client.id,
        resource: { type: 'connection', id: connection.id },
        names: {
          client: client.name,
          platform: PLATFORM_NAMES[connection.platform],
          account: connection.displayName,
        },
        by: userId ? { userId } : contactId ? { contactId } : null,
      },
    ]);
  }
}
