import {
  type Actor,
  type ClientId,
  type Clock,
  InvalidField,
  inRow,
  lineOfText,
  optionalLine,
  requireDistinct,
  type UnitOfWork,
  type Upserted,
  type UserId,
} from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import type { ChangedFields } from './changed-fields.js';
import { type Client, unknownClient } from './client.js';
import type { ClientBelongings } from './client-belongings.js';
import { ClientPolicies, type NamesPolicy } from './client-policies.js';
import { clientErrors } from './client.errors.js';
import { clientChanged, clientCreated } from './client-history.js';
import { checkedClient, type ClientProfile } from './client-profile.js';
import type { ClientRepository } from './client-repository.js';
import { reachableClients } from './visible-client.js';

const LONGEST_EXTERNAL_ID = 255;

/** A client as another system sends it. A new one needs a name. */
export interface ClientRow extends Partial<ClientProfile>, NamesPolicy {
  readonly externalId: string;
  /** Instead of `parentId`: what the other system calls the client above it, which may be in another row. */
  readonly parentExternalId?: string | null;
}

/** A row with the client that it is about, from the moment that there is one. */
interface Placed {
  readonly at: number;
  readonly row: ClientRow;
  readonly client: Client;
  readonly isNew: boolean;
  readonly from: string;
  changed: ChangedFields;
}

/** Takes over what another system knows of clients: all of it or nothing, in a constant number of statements. */
export class UpsertClients {
  constructor(
    private readonly belongings: ClientBelongings,
    private readonly clients: ClientRepository,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidField naming the row and the field: `3/currency`
   * @throws DomainError `client_external_id_taken` when another call adds one of them at the same moment
   */
  async execute(actor: Actor, rows: readonly ClientRow[]): Promise<Upserted> {
    const checked = rows.map((row, at) => inRow(at, () => checkedRow(row)));
    requireDistinct(checked.map(({ externalId }) => externalId));
    return this.unitOfWork.run(async () => {
      await this.clients.lockGroups(actor.firmId);
      await this.requireManagers(actor, checked);
      const now = this.clock.now();
      const placed = await this.place(actor, checked, now);
      await this.setParents(actor, placed, now);
      await this.clients.write();
      await this.tell(actor, placed, now);
      const created = placed.filter(({ isNew }) => isNew).length;
      const updated = placed.filter(({ isNew, changed }) => !isNew && Object.keys(changed).length > 0).length;
      return { created, updated, unchanged: rows.length - created - updated };
    });
  }

  private async requireManagers({ firmId }: Actor, rows: readonly ClientRow[]): Promise<void> {
    const asked = rows.flatMap(({ deliveryManagerId: id }) => (id === null || id === undefined ? [] : [id]));
    const known = asked.length === 0 ? new Set<UserId>() : await this.clients.usersAmong(firmId, asked);
    rows.forEach(({ deliveryManagerId: id }, at) => {
      inRow(at, () => {
        if (id !== null && id !== undefined && !known.has(id)) throw clientErrors.unknownManager();
      });
    });
  }

  /** Each row with its client: one that is there, with the new state, or a new one; parents apart. */
  private async place(actor: Actor, rows: readonly ClientRow[], now: Date): Promise<Placed[]> {
    const names = rows.map(({ externalId }) => externalId);
    const there = await this.clients.findByExternalIds(actor.firmId, names);
    const reached = new Set(await reachableClients(this.access, actor, there));
    const byName = new Map(there.map((client) => [client.externalId, client]));
    const policies = await ClientPolicies.among(this.clients, actor.firmId, rows);
    const fresh = rows.flatMap((row, at) => (byName.has(row.externalId) ? [] : [planOf(row, at, policies)]));
    const added = await this.belongings.add(actor, fresh, now);
    for (const client of added) byName.set(client.externalId, client);
    const isNew = new Set(added);
    return rows.map((row, at) => {
      const client = byName.get(row.externalId);
      if (!client || (!isNew.has(client) && !reached.has(client))) throw hiddenName(at);
      const from = client.name;
      const changed = isNew.has(client) ? {} : client.revise(profileIn(row, at, policies, client.id), now);
      return { at, row, client, from, isNew: isNew.has(client), changed };
    });
  }

  private async setParents(actor: Actor, placed: readonly Placed[], now: Date): Promise<void> {
    const moved = placed.filter(({ row }) => row.parentId !== undefined || row.parentExternalId !== undefined);
    if (moved.length === 0) return;
    const parents = await this.parentsFor(actor, placed, moved);
    for (const one of moved) {
      const parent = inRow(one.at, () => parentOf(one.row, parents));
      one.changed = { ...one.changed, ...one.client.revise({ parentId: parent?.id ?? null }, now) };
    }
    const below = await this.clients.childrenOf(
      actor.firmId,
      moved.map(({ client }) => client.id),
    );
    const current = new Map(placed.map(({ client }) => [client.id, client.parentId]));
    const withChildren = new Set<ClientId | null>([
      ...below.flatMap(({ id, parentId }) => (current.has(id) ? [] : [parentId])),
      ...current.values(),
    ]);
    for (const { at, client } of moved) {
      const parent = client.parentId === null ? null : parents.byId.get(client.parentId);
      if (parent) inRow(at, () => client.requireBelow(parent, withChildren.has(client.id)));
    }
  }

  /** All clients that rows name as the one above: by id, or by what the other system calls them. */
  private async parentsFor(actor: Actor, placed: readonly Placed[], moved: readonly Placed[]): Promise<Parents> {
    const ids = moved.flatMap(({ row }) => row.parentId ?? []);
    const names = moved.flatMap(({ row }) => row.parentExternalId ?? []);
    const byIds = ids.length === 0 ? [] : await this.clients.findAll(actor.firmId, ids);
    const byNames = names.length === 0 ? [] : await this.clients.findByExternalIds(actor.firmId, names);
    const own = new Set(placed.map(({ client }) => client));
    const others = [...new Set([...byIds, ...byNames])].filter((client) => !own.has(client));
    const reached = [...own, ...(await reachableClients(this.access, actor, others))];
    const inUse = reached.filter(({ archivedAt }) => archivedAt === null);
    return {
      byId: new Map(inUse.map((client) => [client.id, client])),
      byName: new Map(inUse.map((client) => [client.externalId, client])),
    };
  }

  private async tell(actor: Actor, placed: readonly Placed[], now: Date): Promise<void> {
    const renamed = placed
      .filter(({ client, from }) => client.name !== from)
      .map(({ client, from }) => ({ id: client.id, entityId: client.entityId, from, to: client.name }));
    await this.belongings.carryNames(actor, renamed, now);
    const entries = placed
      .filter(({ isNew, changed }) => isNew || Object.keys(changed).length > 0)
      .map(({ client, isNew, changed }) => (isNew ? clientCreated(client) : clientChanged(client, changed)));
    await this.history.recordAll(actor, entries);
  }
}

/** @throws InvalidField naming the first field that holds what it must not */
function checkedRow(row: ClientRow): ClientRow {
  const externalId = lineOfText('externalId', row.externalId, LONGEST_EXTERNAL_ID);
  const named = (['parentExternalId', 'slaPolicyExternalId'] as const).flatMap((field) => {
    const name = row[field];
    return name === undefined ? [] : [[field, optionalLine(field, name, LONGEST_EXTERNAL_ID)] as const];
  });
  return { ...row, ...checkedClient(row), ...Object.fromEntries(named), externalId };
}

interface Parents {
  readonly byId: ReadonlyMap<ClientId, Client>;
  readonly byName: ReadonlyMap<string | null, Client>;
}

/** @throws InvalidField `unknown_client` */
function parentOf({ parentId, parentExternalId }: ClientRow, { byId, byName }: Parents): Client | null {
  if (parentExternalId !== undefined && parentExternalId !== null) {
    const parent = byName.get(parentExternalId);
    if (!parent) throw unknownClient('parentExternalId');
    return parent;
  }
  if (parentId === undefined || parentId === null) return null;
  const parent = byId.get(parentId);
  if (!parent) throw unknownClient('parentId');
  return parent;
}

/** What a row says of its client but for the client above it. @throws InvalidField `unknown_reference` */
function profileIn(row: ClientRow, at: number, policies: ClientPolicies, id: ClientId | null): Partial<ClientProfile> {
  const { parentId: _parent, parentExternalId: _name, slaPolicyExternalId: _policy, ...profile } = row;
  return { ...profile, slaPolicyId: inRow(at, () => policies.of(row, id)) };
}

/** @throws InvalidField when it has no name, or `unknown_reference` */
function planOf(row: ClientRow, at: number, policies: ClientPolicies) {
  const profile = profileIn(row, at, policies, null);
  const { name } = profile;
  if (name === undefined) throw new InvalidField(`${at}/name`, 'is missing', 'invalid_value', { kind: 'missing' });
  return { ...profile, name };
}

/** The name is that of a client that is not there for the actor. */
function hiddenName(at: number): InvalidField {
  return new InvalidField(`${at}/externalId`, 'is taken by a client that is not permitted to you', 'unknown_client');
}
