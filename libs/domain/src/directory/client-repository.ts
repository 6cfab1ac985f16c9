import type { ClientId, EntityId, FirmId, SlaPolicyId, UserId } from '../kernel/index.js';
import type { Client } from './client.js';

/** A client that got another name. */
export interface RenamedClient {
  readonly id: ClientId;
  readonly entityId: EntityId;
  readonly from: string;
  readonly to: string;
}

/** An SLA policy: of one client, or with null of everybody. */
export interface PolicyOfClients {
  readonly id: SlaPolicyId;
  readonly externalId: string | null;
  readonly clientId: ClientId | null;
}

/**
 * The clients of a firm, for what changes them; used inside a unit of work. However many there are in a call, it takes a
 * constant number of statements. Clients are locked after users and before entities.
 */
export abstract class ClientRepository {
  /** Adds `clients` and gives them their ids. @throws DomainError `client_external_id_taken` */
  abstract add(...clients: readonly Client[]): Promise<void>;

  /** The client, locked against other changes until the unit of work ends. */
  abstract find(firmId: FirmId, id: ClientId): Promise<Client | null>;

  /** Those of the firm's clients that have one of these ids, in no order, locked likewise. */
  abstract findAll(firmId: FirmId, ids: readonly ClientId[]): Promise<Client[]>;

  /** Those that another system calls by one of these names, locked likewise. */
  abstract findByExternalIds(firmId: FirmId, externalIds: readonly string[]): Promise<Client[]>;

  /** Writes what is changed so far, so that the database decides. @throws DomainError `client_external_id_taken` */
  abstract write(): Promise<void>;

  /** An entity that is still called as its client was gets the client's new name. */
  abstract carryNames(firmId: FirmId, renamed: readonly RenamedClient[], now: Date): Promise<void>;

  /** Holds off others who change which client stands above which, until the unit of work ends. To be asked first. */
  abstract lockGroups(firmId: FirmId): Promise<void>;

  /** The clients below those with one of these ids. */
  abstract childrenOf(firmId: FirmId, ids: readonly ClientId[]): Promise<readonly Pick<Client, 'id' | 'parentId'>[]>;

  /** Those of `ids` that are users of the firm. */
  abstract usersAmong(firmId: FirmId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>>;

  /** The firm's SLA policies that have one of these ids, or that another system calls by one of these names. */
  abstract policiesAmong(
    firmId: FirmId,
    named: { readonly ids: readonly SlaPolicyId[]; readonly externalIds: readonly string[] },
  ): Promise<readonly PolicyOfClients[]>;
}
