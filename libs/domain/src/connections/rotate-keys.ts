import type { History } from '../history/index.js';
import type { Author, UnitOfWork } from '../kernel/index.js';
import { connectionEntry } from './connection-history.js';
import type { ConnectionRepository } from './connection-repository.js';
import type { CredentialVault } from './credential-vault.js';

/** How many credentials are sealed again at once. */
export const RESEALED_AT_ONCE = 100;

/** What a rotation did. */
export interface KeyRotation {
  /** Of the key with which everything is sealed now. */
  readonly keyVersion: number;
  /** Whether an earlier rotation had not come to its end: then it has now, and no other key was made. */
  readonly resumed: boolean;
  readonly connections: number;
  readonly destroyedKeys: number;
}

/** Makes a new key, seals all credentials with it, and destroys the old ones: for the operator, while servers run. */
export class RotateKeys {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly vault: CredentialVault,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * May end at any instant: what was not sealed again opens as before, and the next rotation goes on with it.
   * `progress` is told how many more were sealed again, of how many in all.
   */
  async execute(
    author: Omit<Author, 'firmId'>,
    progress: (count: number, total: number) => void = () => undefined,
  ): Promise<KeyRotation> {
    const { keyVersion, resumed, total } = await this.unitOfWork.run(() => this.begin());
    let connections = 0;
    for (let count = 1; count > 0; connections += count) {
      count = await this.unitOfWork.run(() => this.resealSome(author, keyVersion));
      progress(count, total);
    }
    const destroyedKeys = await this.unitOfWork.run(() => this.vault.destroyKeysBefore(keyVersion));
    return { keyVersion, resumed, connections, destroyedKeys };
  }

  private async begin(): Promise<Omit<KeyRotation, 'connections' | 'destroyedKeys'> & { total: number }> {
    const newest = (await this.vault.listKeys())[0]?.version ?? 0;
    const left = await this.connections.countSealedBefore(newest);
    if (left > 0) return { keyVersion: newest, resumed: true, total: left };
    const keyVersion = await this.vault.addKey();
    return { keyVersion, resumed: false, total: await this.connections.countSealedBefore(keyVersion) };
  }

  private async resealSome(author: Omit<Author, 'firmId'>, version: number): Promise<number> {
    const found = await this.connections.sealedBefore(version, RESEALED_AT_ONCE);
    const sealer = await this.vault.sealer();
    const opener = await this.vault.opener([...new Set(found.map(({ credentials }) => credentials.keyVersion))]);
    for (const connection of found)
      connection.reseal(sealer.seal(connection, opener.open(connection, connection.credentials)));
    for (const [firmId, resealed] of Map.groupBy(found, (connection) => connection.firmId))
      await this.history.recordAll(
        { ...author, firmId },
        resealed.map((connection) => ({
          ...connectionEntry(connection, 'connection.resealed', { keyVersion: sealer.keyVersion }),
          clientId: null, // nothing of the client's has changed
        })),
      );
    return found.length;
  }
}
