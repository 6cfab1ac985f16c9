import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  ChangeAffiliations,
  ChangeContact,
  ChangeGroup,
  CreateContact,
  DeleteEntity,
  DeleteGroup,
} from '@portico/domain/directory';
import { ChangeUser } from '@portico/domain/identity';
import { type Actor, DomainError, type EntityId, type FirmId, type GroupId, UnitOfWork } from '@portico/domain/kernel';
import { aContact, anActor, FixedClock, PlainPasswordHasher, PlainSealer } from '@portico/testing';
import { MikroOrmContactRepository } from '../../src/directory/mikro-orm-contact-repository.js';
import { MikroOrmEntityRepository } from '../../src/directory/mikro-orm-entity-repository.js';
import { MikroOrmGroupRepository } from '../../src/directory/mikro-orm-group-repository.js';
import { SqlDependents } from '../../src/directory/sql-dependents.js';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { MikroOrmUserRepository } from '../../src/identity/mikro-orm-user-repository.js';
import { SqlDataAccess } from '../../src/identity/sql-data-access.js';
import type { Database } from '../../src/platform/database/database.js';
import { aFirm, aGroup, anEntity, aUser, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);
const ROUNDS = 12;

/** Runs nothing twice: a race that is lost is seen. */
class OneTry extends UnitOfWork {
  constructor(private readonly database: Database) {
    super();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.database.em.transactional(work, { clear: true });
  }
}

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

/** What is there in a round: E and F are members of G, the contact is affiliated with E and G, E is its default. */
interface Round {
  readonly actor: Actor;
  readonly e: EntityId;
  readonly f: EntityId;
  readonly g: GroupId;
  readonly contact: Parameters<ChangeContact['execute']>[1]['id'];
  readonly user: Actor['userId'];
}

async function aRound(firmId: FirmId, preferred: 'entity' | 'group'): Promise<Round> {
  const { database } = test;
  const user = await aUser(database, firmId);
  const [e, f, g] = [
    await anEntity(database, firmId),
    await anEntity(database, firmId),
    await aGroup(database, firmId),
  ];
  for (const entity of [e, f])
    await link(database, 'group_members', { firm_id: firmId, group_id: g, entity_id: entity });
  await link(database, 'user_entities', { firm_id: firmId, user_id: user, entity_id: e });
  await link(database, 'user_groups', { firm_id: firmId, user_id: user, group_id: g });
  const contacts = new MikroOrmContactRepository(database);
  const contact = aContact({ firmId, createdBy: user });
  await new OneTry(database).run(async () => {
    const affiliations = { entityIds: [e], groupIds: [g] };
    await contacts.add(contact);
    await contacts.affiliate(firmId, contact.id, affiliations);
    contact.preferAffiliation(preferred === 'entity' ? { entityId: e } : { groupId: g }, affiliations, new Date());
  });
  return {
    actor: anActor({ firmId, userId: await aUser(database, firmId, true) }),
    e,
    f,
    g,
    contact: contact.id,
    user,
  };
}

function useCases() {
  const { database } = test;
  const [clock, unitOfWork, access] = [new FixedClock(), new OneTry(database), new SqlDataAccess(database)];
  const history = new MikroOrmHistory(database, clock);
  const tools = [history, unitOfWork, clock] as const;
  const [contacts, groups] = [new MikroOrmContactRepository(database), new MikroOrmGroupRepository(database)];
  const [entities, dependents] = [new MikroOrmEntityRepository(database), new SqlDependents(database)];
  return {
    changeContact: new ChangeContact(contacts, access, new PlainSealer(), ...tools),
    createContact: new CreateContact(contacts, access, new PlainSealer(), ...tools),
    changeAffiliations: new ChangeAffiliations(contacts, access, ...tools),
    changeGroup: new ChangeGroup(groups, access, ...tools),
    changeUser: new ChangeUser(new MikroOrmUserRepository(database), access, new PlainPasswordHasher(), ...tools),
    deleteEntity: new DeleteEntity(entities, dependents, access, ...tools),
    deleteGroup: new DeleteGroup(groups, dependents, access, ...tools),
  };
}
type UseCases = ReturnType<typeof useCases>;

const changes: [string, (it: UseCases, round: Round) => Promise<unknown>][] = [
  [
    'the members of a group are replaced',
    ({ changeGroup }, { actor, e, f, g }) =>
      changeGroup.execute(actor, { id: g, members: { how: 'replace', entityIds: [e, f] } }),
  ],
  [
    'members of a group are removed',
    ({ changeGroup }, { actor, f, g }) =>
      changeGroup.execute(actor, { id: g, members: { how: 'replace', entityIds: [f] } }),
  ],
  [
    'an entity becomes the default of a contact',
    ({ changeContact }, { actor, e, contact }) =>
      changeContact.execute(actor, { id: contact, defaultAffiliation: { entityId: e } }),
  ],
  [
    'a group becomes the default of a contact',
    ({ changeContact }, { actor, g, contact }) =>
      changeContact.execute(actor, { id: contact, defaultAffiliation: { groupId: g } }),
  ],
  [
    'a contact gets another name and its affiliations again',
    ({ changeContact }, { actor, e, f, g, contact }) =>
      changeContact.execute(actor, {
        id: contact,
        profile: { title: 'Dr.' },
        affiliations: { entityIds: [e, f], groupIds: [g] },
      }),
  ],
  [
    'a contact loses its affiliations',
    ({ changeAffiliations }, { actor, contact }) =>
      changeAffiliations.execute(actor, {
        id: contact,
        how: 'replace',
        affiliations: { entityIds: [], groupIds: [] },
      }),
  ],
  [
    'the affiliations of a contact are added',
    ({ changeAffiliations }, { actor, e, f, g, contact }) =>
      changeAffiliations.execute(actor, {
        id: contact,
        how: 'add',
        affiliations: { entityIds: [f, e], groupIds: [g] },
      }),
  ],
  [
    'a contact is made',
    ({ createContact }, { actor, e, f, g }) =>
      createContact.execute(actor, {
        profile: { firstName: 'Eve', lastName: 'Smith' },
        affiliations: { entityIds: [f, e], groupIds: [g] },
        defaultAffiliation: { entityId: e },
      }),
  ],
  [
    'a user is changed',
    ({ changeUser }, { actor, e, f, user }) =>
      changeUser.execute(actor, { id: user, profile: { name: 'Eve' }, permitted: { entityIds: [f, e], groupIds: [] } }),
  ],
];

/** Of a change and a deletion at once each is done or refused, and none is given up because of the other. */
describe.each(changes)('While %s', (_what, change) => {
  it.each(['entity', 'group'] as const)('the %s may be deleted', async (of) => {
    const [it, firmId] = [useCases(), await aFirm(test.database)];
    for (let at = 0; at < ROUNDS; at++) {
      const round = await aRound(firmId, of);
      const { actor, e, g } = round;
      const removal = () =>
        of === 'entity' ? it.deleteEntity.execute(actor, { id: e }) : it.deleteGroup.execute(actor, { id: g });
      const both = at % 2 === 0 ? [change(it, round), removal()] : [removal(), change(it, round)];
      const faults = (await Promise.allSettled(both)).flatMap((result) =>
        result.status === 'rejected' && !(result.reason instanceof DomainError) ? [String(result.reason)] : [],
      );
      expect(faults).toEqual([]);
    }
  });
});

describe('When two entities of one group and one contact are deleted at once', () => {
  it('both go', async () => {
    const [it, firmId] = [useCases(), await aFirm(test.database)];
    for (let at = 0; at < ROUNDS; at++) {
      const round = await aRound(firmId, 'entity');
      const { actor, e, f, g, contact } = round;
      await it.changeAffiliations.execute(actor, {
        id: contact,
        how: 'add',
        affiliations: { entityIds: [f] },
      });
      await Promise.all([
        it.deleteEntity.execute(actor, { id: e }),
        it.deleteEntity.execute(actor, { id: f }),
        it.changeGroup.execute(actor, { id: g, name: 'Other' }),
      ]);
    }
  });
});
