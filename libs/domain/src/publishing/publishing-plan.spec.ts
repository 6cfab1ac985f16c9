import { describe, expect, it } from '@jest/globals';
import type { ContactId, EntityId, FileId, GroupId } from '../kernel/index.js';
import type { Affiliated, AudienceMember, PublishableFile } from './audience.js';
import { type Decision, planOf, type Standing } from './publishing-plan.js';
import type { ContactNotification, PortalPublishing } from './publishing-scope.js';

const ENTITY = '10' as EntityId;
const CONTACT = '1' as ContactId;
const FILE: PublishableFile = {
  id: '37' as FileId,
  name: 'Statement.pdf',
  isFolder: false,
  mayChange: true,
  sha256: '00',
  entityIds: [ENTITY],
  groupIds: [],
};
const NOTHING: Standing = { of: () => null };

interface Case {
  readonly publishing?: PortalPublishing;
  readonly notification?: ContactNotification;
  readonly member?: Partial<AudienceMember>;
  readonly isCandidate?: boolean;
  readonly isOverride?: boolean;
  readonly standing?: Standing;
}

/** What is decided on one contact; null when the file does not concern them. */
function decided({
  publishing = 'publish',
  notification = 'do_not_notify',
  member = {},
  isCandidate = true,
  isOverride = false,
  standing = NOTHING,
}: Case): Decision | null {
  const whole = {
    contactId: CONTACT,
    hasPortalAccess: true,
    publishFiles: true,
    notifyByEmail: true,
    address: 'a@b.c',
  };
  const affiliated: Affiliated = {
    members: new Map([[CONTACT, { ...whole, ...member }]]),
    ofEntity: new Map(isCandidate ? [[ENTITY, [CONTACT]]] : []),
    ofGroup: new Map(),
    groupsOf: new Map(),
  };
  const [plan] = planOf({
    files: [FILE],
    affiliated,
    overrides: new Set(isOverride ? [CONTACT] : []),
    scope: { portalPublishing: publishing, contactNotification: notification },
    standing,
  });
  return plan?.decisions[0] ?? null;
}

const [ON, OFF, NAMED, NOT_NAMED, ACCESS, NO_ACCESS] = [true, false, true, false, true, false];

describe('To whom a file is published (publishing scope × contact preference × override × portal access)', () => {
  it.each<[PortalPublishing, boolean, boolean, boolean, Decision['outcome'], string]>([
    ['publish', ON, NOT_NAMED, ACCESS, 'published', 'entity'],
    ['publish', ON, NOT_NAMED, NO_ACCESS, 'failed', 'entity'],
    ['publish', ON, NAMED, ACCESS, 'published', 'entity'],
    ['publish', ON, NAMED, NO_ACCESS, 'failed', 'entity'],
    ['publish', OFF, NOT_NAMED, ACCESS, 'published', 'entity'],
    ['publish', OFF, NOT_NAMED, NO_ACCESS, 'failed', 'entity'],
    ['publish', OFF, NAMED, ACCESS, 'published', 'entity'],
    ['publish', OFF, NAMED, NO_ACCESS, 'failed', 'entity'],
    ['use_contact_preference', ON, NOT_NAMED, ACCESS, 'published', 'entity'],
    ['use_contact_preference', ON, NOT_NAMED, NO_ACCESS, 'failed', 'entity'],
    ['use_contact_preference', ON, NAMED, ACCESS, 'published', 'entity'],
    ['use_contact_preference', ON, NAMED, NO_ACCESS, 'failed', 'entity'],
    ['use_contact_preference', OFF, NOT_NAMED, ACCESS, 'skipped', 'entity'],
    ['use_contact_preference', OFF, NOT_NAMED, NO_ACCESS, 'skipped', 'entity'],
    ['use_contact_preference', OFF, NAMED, ACCESS, 'published', 'override'],
    ['use_contact_preference', OFF, NAMED, NO_ACCESS, 'failed', 'override'],
    ['do_not_publish', ON, NOT_NAMED, ACCESS, 'skipped', 'entity'],
    ['do_not_publish', ON, NOT_NAMED, NO_ACCESS, 'skipped', 'entity'],
    ['do_not_publish', ON, NAMED, ACCESS, 'published', 'override'],
    ['do_not_publish', ON, NAMED, NO_ACCESS, 'failed', 'override'],
    ['do_not_publish', OFF, NOT_NAMED, ACCESS, 'skipped', 'entity'],
    ['do_not_publish', OFF, NOT_NAMED, NO_ACCESS, 'skipped', 'entity'],
    ['do_not_publish', OFF, NAMED, ACCESS, 'published', 'override'],
    ['do_not_publish', OFF, NAMED, NO_ACCESS, 'failed', 'override'],
  ])(
    '%s, preference %s, named %s, access %s: %s by %s',
    (publishing, publishFiles, isOverride, access, outcome, rule) => {
      const decision = decided({ publishing, isOverride, member: { publishFiles, hasPortalAccess: access } });
      expect(decision).toMatchObject({ outcome, rule: { kind: rule } });
      if (outcome !== 'published') expect(decision?.telling).toBe('not_published');
    },
  );

  it.each<[PortalPublishing, boolean, boolean, Decision['outcome'] | null]>([
    ['publish', NOT_NAMED, ACCESS, null],
    ['publish', NAMED, ACCESS, 'published'],
    ['publish', NAMED, NO_ACCESS, 'failed'],
    ['use_contact_preference', NOT_NAMED, ACCESS, null],
    ['use_contact_preference', NAMED, ACCESS, 'published'],
    ['do_not_publish', NOT_NAMED, ACCESS, null],
    ['do_not_publish', NAMED, ACCESS, 'published'],
  ])('%s, whom it does not concern, named %s, access %s: %s', (publishing, isOverride, access, outcome) => {
    const decision = decided({ publishing, isCandidate: false, isOverride, member: { hasPortalAccess: access } });
    if (outcome === null) expect(decision).toBeNull();
    else expect(decision).toMatchObject({ outcome, rule: { kind: 'override' } });
  });

  it('says what kept it from a contact', () => {
    expect(decided({ publishing: 'do_not_publish' })?.because).toBe('do_not_publish');
    expect(decided({ publishing: 'use_contact_preference', member: { publishFiles: false } })?.because).toBe(
      'contact_preference',
    );
    expect(decided({ member: { hasPortalAccess: false } })?.because).toBe('no_portal_access');
    expect(decided({})?.because).toBeNull();
  });
});

describe('Who is told (notification × contact preference × what stands already)', () => {
  const UNTOLD: Standing = { of: () => ({ isTold: false }) };
  const TOLD: Standing = { of: () => ({ isTold: true }) };

  it.each<[ContactNotification, boolean, Standing, Decision['telling']]>([
    ['notify', ON, NOTHING, 'told'],
    ['notify', ON, UNTOLD, 'told'],
    ['notify', ON, TOLD, 'already_told'],
    ['notify', OFF, NOTHING, 'told'],
    ['notify', OFF, UNTOLD, 'told'],
    ['notify', OFF, TOLD, 'already_told'],
    ['use_contact_preference', ON, NOTHING, 'told'],
    ['use_contact_preference', ON, UNTOLD, 'told'],
    ['use_contact_preference', ON, TOLD, 'already_told'],
    ['use_contact_preference', OFF, NOTHING, 'contact_preference'],
    ['use_contact_preference', OFF, UNTOLD, 'contact_preference'],
    ['use_contact_preference', OFF, TOLD, 'contact_preference'],
    ['do_not_notify', ON, NOTHING, 'do_not_notify'],
    ['do_not_notify', ON, UNTOLD, 'do_not_notify'],
    ['do_not_notify', ON, TOLD, 'do_not_notify'],
    ['do_not_notify', OFF, NOTHING, 'do_not_notify'],
    ['do_not_notify', OFF, UNTOLD, 'do_not_notify'],
    ['do_not_notify', OFF, TOLD, 'do_not_notify'],
  ])('%s, preference %s: %#', (notification, notifyByEmail, standing, telling) => {
    const decision = decided({ notification, member: { notifyByEmail }, standing });
    expect(decision?.telling).toBe(telling);
    expect(decision?.outcome).toBe(standing === NOTHING ? 'published' : 'already_published');
  });
});

describe('Whom a file concerns', () => {
  const file = { ...FILE, entityIds: ['10', '11'] as EntityId[], groupIds: ['20'] as GroupId[] };
  const contact = (id: string) => id as ContactId;
  const affiliated: Affiliated = {
    members: new Map(
      ['1', '2', '3', '4', '5'].map((id) => [
        contact(id),
        { contactId: contact(id), hasPortalAccess: true, publishFiles: true, notifyByEmail: true, address: null },
      ]),
    ),
    ofEntity: new Map([
      ['10' as EntityId, [contact('3'), contact('1')]],
      ['11' as EntityId, [contact('1')]],
      ['12' as EntityId, [contact('5')]],
    ]),
    ofGroup: new Map([
      ['20' as GroupId, [contact('1'), contact('2')]],
      ['21' as GroupId, [contact('4')]],
      ['22' as GroupId, [contact('5')]],
    ]),
    groupsOf: new Map([['11' as EntityId, ['21' as GroupId]]]),
  };
  const scope = { portalPublishing: 'publish', contactNotification: 'do_not_notify' } as const;
  const [plan] = planOf({ files: [file], affiliated, overrides: new Set(), scope, standing: NOTHING });

  it('is who is affiliated to its entities, its groups, and the groups of its entities, each once and by the first rule', () => {
    expect(plan?.decisions.map(({ contactId, rule }) => [contactId, rule])).toEqual([
      ['1', { kind: 'entity', id: '10' }],
      ['2', { kind: 'group', id: '20' }],
      ['3', { kind: 'entity', id: '10' }],
      ['4', { kind: 'group_of_entity', id: '21' }],
    ]);
  });

  it('is nobody of a single member for a paper of the whole group', () => {
    const paper = { ...FILE, entityIds: [], groupIds: ['21' as GroupId] };
    const [only] = planOf({ files: [paper], affiliated, overrides: new Set(), scope, standing: NOTHING });
    expect(only?.decisions.map(({ contactId }) => contactId)).toEqual(['4']); // not those of entity 11, its member
  });
});
