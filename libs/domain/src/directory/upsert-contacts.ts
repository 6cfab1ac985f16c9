import {
  type Actor,
  type ClientId,
  type Clock,
  type EntityId,
  InvalidField,
  inRow,
  lineOfText,
  requireDistinct,
  type UnitOfWork,
  type Upserted,
} from '../kernel/index.js';
import type { History, HistoryEntry } from '../history/index.js';
import type { DataAccess } from '../identity/index.js';
import { unknownClient } from './client.js';
import { Contact } from './contact.js';
import { toldChanges } from './contact-history.js';
import { checkedProfile, type ContactProfile } from './contact-profile.js';
import type { ContactRepository } from './contact-repository.js';
import { type ContactImport, type ContactMove, requireChangeable, requireFreeLogins } from './contact-import.js';

const LONGEST_EXTERNAL_ID = 31;

/** A contact as another system sends it. A new one needs a first and a last name. */
export interface ContactRow extends Partial<ContactProfile> {
  readonly externalId: string;
  readonly clientId?: ClientId | null;
  /** Instead of `clientId`: what the other system calls the client. */
  readonly clientExternalId?: string | null;
}

/** A row as it is kept, with the client that it chooses; undefined leaves whose contact it is. */
interface ReadRow {
  readonly at: number;
  readonly externalId: string;
  readonly profile: Partial<ContactProfile>;
  readonly client: { readonly id: ClientId; readonly entityId: EntityId } | null | undefined;
}

/** What a row does. */
interface Placed {
  readonly contact: Contact;
  readonly isNew: boolean;
  readonly move: ContactMove | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Takes over what another system knows of contacts: all of it or nothing, in a constant number of statements. */
export class UpsertContacts {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly imports: ContactImport,
    private readonly access: DataAccess,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidField naming the row and the field: `3/loginEmail`
   * @throws DomainError `contact_not_changeable`, `login_email_required`; `login_email_taken` when another call takes one
   *   of them at the same moment
   */
  async execute(actor: Actor, rows: readonly ContactRow[]): Promise<Upserted> {
    const names = rows.map(({ externalId }, at) =>
      inRow(at, () => lineOfText('externalId', externalId, LONGEST_EXTERNAL_ID)),
    );
    requireDistinct(names);
    return this.unitOfWork.run(async () => {
      const read = await this.read(actor, rows, names);
      const there = await this.imports.findByExternalIds(actor.firmId, names);
      await requireChangeable(this.imports, actor, there);
      await requireFreeLogins(this.imports, actor.firmId, read, there);
      const placed = await this.place(actor, read, there);
      await this.contacts.addAll(placed.filter(({ isNew }) => isNew).map(({ contact }) => contact));
      await this.imports.move(
        actor.firmId,
        placed.flatMap(({ contact, move }) => (move ? [{ ...move, id: contact.id }] : [])),
      );
      const changed = placed.filter(({ isNew, details }) => isNew || Object.keys(details).length > 0);
      await this.history.recordAll(actor, changed.map(entryOf));
      const created = placed.filter(({ isNew }) => isNew).length;
      return { created, updated: changed.length - created, unchanged: placed.length - changed.length };
    });
  }

  /** Entities of clients are locked before contacts. */
  private async read(actor: Actor, rows: readonly ContactRow[], names: readonly string[]): Promise<ReadRow[]> {
    const ids = rows.flatMap(({ clientId }) => clientId ?? []);
    const called = rows.flatMap(({ clientExternalId }) => clientExternalId ?? []);
    const clients = ids.length + called.length === 0 ? [] : await this.imports.clients(actor.firmId, ids, called);
    const entities = [...new Set(clients.map(({ entityId }) => entityId))];
    const beyond = new Set(entities.length === 0 ? [] : await this.access.outOfReach(actor, 'entities', entities));
    const reached = clients.filter(({ entityId }) => !beyond.has(entityId));
    const byId = new Map(reached.map((client) => [client.id, client]));
    const byName = new Map(reached.map((client) => [client.externalId, client]));
    return rows.map(({ clientId, clientExternalId, externalId: _name, ...profile }, at) =>
      inRow(at, () => {
        const byOther = clientExternalId !== undefined && clientExternalId !== null;
        const chosen = byOther ? byName.get(clientExternalId) : clientId ? byId.get(clientId) : null;
        if (chosen === undefined) throw unknownClient(byOther ? 'clientExternalId' : 'clientId');
        const isGiven = clientId !== undefined || clientExternalId !== undefined;
        const externalId = names[at] ?? '';
        return { at, externalId, profile: checkedProfile(profile), client: isGiven ? chosen : undefined };
      }),
    );
  }

  private async place(actor: Actor, rows: readonly ReadRow[], there: readonly Contact[]): Promise<Placed[]> {
    const now = this.clock.now();
    const byName = new Map(there.map((contact) => [contact.externalUserId, contact]));
    const left = await this.imports.entitiesOf(
      actor.firmId,
      there.flatMap(({ clientId }) => clientId ?? []),
    );
    return rows.map((row) => {
      const known = byName.get(row.externalId);
      return known ? changed(known, row, left, now) : inRow(row.at, () => added(actor, row, now));
    });
  }
}

/** @throws InvalidField when a name is missing */
function added({ firmId, userId }: Actor, { externalId, profile, client }: ReadRow, now: Date): Placed {
  const { firstName, lastName } = profile;
  for (const [field, value] of Object.entries({ firstName, lastName }))
    if (value === undefined) throw new InvalidField(field, 'is missing', 'invalid_value', { kind: 'missing' });
  const names = { firstName: firstName ?? '', lastName: lastName ?? '', externalUserId: externalId };
  const contact = new Contact({ firmId, createdBy: userId, createdAt: now, profile: { ...profile, ...names } });
  contact.joinClient(client?.id ?? null, now);
  const move = client ? { left: null, joined: client.entityId } : null;
  const { loginEmail, portalRole, clientId } = contact;
  return { contact, isNew: true, move, details: { loginEmail, externalUserId: externalId, portalRole, clientId } };
}

function changed(
  contact: Contact,
  { profile, client }: ReadRow,
  entities: ReadonlyMap<ClientId, EntityId>,
  now: Date,
): Placed {
  const before = { ...contact };
  const details = toldChanges(contact.edit(profile, now), before, contact);
  if (client === undefined || !contact.joinClient(client?.id ?? null, now))
    return { contact, isNew: false, move: null, details };
  const left = before.clientId === null ? null : (entities.get(before.clientId) ?? null);
  const { defaultEntityId: entity, defaultGroupId: group } = contact;
  const entityIds = entity === null || entity === left ? [] : [entity];
  contact.reaffiliated({ entityIds, groupIds: group === null ? [] : [group] }, now);
  details['clientId'] = { from: before.clientId, to: contact.clientId };
  return { contact, isNew: false, move: { left, joined: client?.entityId ?? null }, details };
}

function entryOf({ contact, isNew, details }: Placed): HistoryEntry {
  const action = isNew ? 'contact.created' : 'contact.changed';
  return { action, subject: { type: 'contact', id: contact.id }, details };
}
