import type { ConnectionId, FirmId } from '../kernel/index.js';
import type { Credentials } from './platform-connector.js';

/** Whose credentials they are: sealed for one connection, they open for no other. */
export interface CredentialOwner {
  readonly firmId: FirmId;
  readonly id: ConnectionId;
}

/** Credentials that nobody reads who has the database alone. */
export interface SealedCredentials {
  readonly sealed: Uint8Array;
  readonly keyVersion: number;
}

/** Seals with one key. */
export interface CredentialSealer {
  readonly keyVersion: number;
  seal(owner: CredentialOwner, credentials: Credentials): SealedCredentials;
}

/** Opens what was sealed with certain keys. */
export interface CredentialOpener {
  /** @throws Error when they were sealed for another connection, or with a key that is not there */
  open(owner: CredentialOwner, sealed: SealedCredentials): Credentials;
}

/** A key, and how much is sealed with it. */
export interface SealingKey {
  readonly version: number;
  readonly createdAt: Date;
  readonly connections: number;
}

/**
 * Seals the credentials of connections, with keys that have versions; used inside a unit of work. Each method takes a
 * constant number of statements.
 */
export abstract class CredentialVault {
  /**
   * Seals with the newest key. Until the unit of work ends no newer one is made: so whoever makes one sees all that was
   * sealed with those before it.
   */
  abstract sealer(): Promise<CredentialSealer>;

  /** Opens what is sealed with the keys of these versions. */
  abstract opener(keyVersions: readonly number[]): Promise<CredentialOpener>;

  /** A new key, newer than all; answers its version. For the operator alone. */
  abstract addKey(): Promise<number>;

  /** Destroys the keys before `version` with which nothing is sealed any more, and answers how many. For the operator. */
  abstract destroyKeysBefore(version: number): Promise<number>;

  /** The newest first. For the operator alone. */
  abstract listKeys(): Promise<readonly SealingKey[]>;
}
