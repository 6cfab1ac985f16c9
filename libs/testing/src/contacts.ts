import {
  ActivateContact,
  ChangeAffiliations,
  ChangeContact,
  ChangePortalAccess,
  Contact,
  CreateContact,
  DeleteContact,
  type NewContactProfile,
  UpsertContacts,
} from '@portico/domain/directory';
import type { FirmId, UserId } from '@portico/domain/kernel';
import { FixedClock } from './fixed-clock.js';
import { InMemoryContactImport } from './in-memory-contact-import.js';
import { InMemoryContactRepository } from './in-memory-contacts.js';
import { InMemoryDataAccess } from './in-memory-data-access.js';
import { InMemoryHistory } from './in-memory-history.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { PlainSealer } from './plain-sealer.js';

interface ContactChanges {
  readonly firmId?: FirmId;
  readonly createdBy?: UserId;
  readonly createdAt?: Date;
  readonly profile?: Partial<NewContactProfile>;
}

/** A contact of firm 1, not yet added anywhere, changed by `changes`. */
export function aContact({ profile, ...changes }: ContactChanges = {}): Contact {
  return new Contact({
    firmId: '1' as FirmId,
    createdBy: '11' as UserId,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...changes,
    profile: { firstName: 'Adam', lastName: 'Smith', ...profile },
  });
}

/** In-memory adapters that know each other, and the use cases about contacts. */
export class ContactBench {
  readonly clock = new FixedClock();
  readonly access = new InMemoryDataAccess();
  readonly contacts = new InMemoryContactRepository(this.access);
  readonly imports = new InMemoryContactImport(this.contacts);
  readonly history = new InMemoryHistory();
  readonly unitOfWork = new InMemoryUnitOfWork([this.contacts, this.history]);
  readonly sealer = new PlainSealer();
  private readonly tools = [this.history, this.unitOfWork, this.clock] as const;

  readonly createContact = new CreateContact(this.contacts, this.access, this.sealer, ...this.tools);
  readonly changeContact = new ChangeContact(this.contacts, this.access, this.sealer, ...this.tools);
  readonly changeAffiliations = new ChangeAffiliations(this.contacts, this.access, ...this.tools);
  readonly changePortalAccess = new ChangePortalAccess(this.contacts, ...this.tools);
  readonly activateContact = new ActivateContact(this.contacts, ...this.tools);
  readonly deleteContact = new DeleteContact(this.contacts, this.history, this.unitOfWork);

  readonly upsertContacts = new UpsertContacts(this.contacts, this.imports, this.access, ...this.tools);

  /** Adds a contact as `aContact` makes it. */
  async with(changes: ContactChanges = {}): Promise<Contact> {
    const contact = aContact(changes);
    await this.contacts.add(contact);
    return contact;
  }
}
