import { describe, expect, it } from '@jest/globals';
import { anActor, DirectoryBench } from '@portico/testing';
import type { EntityId, FirmId, GroupId, UserId } from '../kernel/index.js';
import { ChangeGroup, type MemberChange } from './index.js';

const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });
const useCase = ({ groups, access, history, unitOfWork, clock }: DirectoryBench) =>
  new ChangeGroup(groups, access, history, unitOfWork, clock);

/** A group with the first two of three entities as members. */
async function aGroupOfTwo() {
  const bench = new DirectoryBench();
  const ids: EntityId[] = [];
  for (let count = 0; count < 3; count++) ids.push((await bench.withEntity()).id);
  const [a, b, c] = ids as [EntityId, EntityId, EntityId];
  const group = await bench.withGroup([a, b]);
  const members = () => bench.groups.listMembers(group.firmId, group.id);
  return { bench, group, id: group.id, a, b, c, members };
}

describe('ChangeGroup', () => {
  it('renames the group', async () => {
    const { bench, group, id } = await aGroupOfTwo();
    await useCase(bench).execute(anActor(), { id, name: 'Jones' });
    expect(group).toMatchObject({ name: 'Jones', modifiedAt: bench.clock.now() });
    expect(bench.history.entries).toMatchObject([
      { action: 'group.changed', details: { name: { from: 'Smith Family', to: 'Jones' } } },
    ]);
  });

  it.each<[MemberChange, (ids: { a: EntityId; b: EntityId; c: EntityId }) => object]>([
    ['add', ({ b, c }) => ({ given: [b, c, c], then: ['1', '2', '3'], added: [c], removed: [] })],
    ['replace', ({ b, c }) => ({ given: [b, c], then: ['2', '3'], added: [c], removed: ['1'] })],
    ['remove', ({ b, c }) => ({ given: [b, c], then: ['1'], added: [], removed: [b] })],
    ['replace', () => ({ given: [], then: [], added: [], removed: ['1', '2'] })],
  ])('%ss members, and tells the history what that changed', async (how, expected) => {
    const { bench, group, id, members, ...ids } = await aGroupOfTwo();
    const { given, then, ...changed } = expected(ids) as { given: EntityId[]; then: EntityId[] };
    await useCase(bench).execute(anActor(), { id, members: { how, entityIds: given } });
    expect(await members()).toEqual(then);
    expect(group.modifiedAt).toEqual(bench.clock.now());
    expect(bench.history.entries).toMatchObject([{ action: 'group.changed', details: { members: changed } }]);
  });

  it('leaves everything as it was when nothing is new', async () => {
    const { bench, group, id, a, b, c, members } = await aGroupOfTwo();
    const changes: [MemberChange, EntityId[]][] = [
      ['add', [a, b]],
      ['add', []],
      ['replace', [b, a]],
      ['remove', [c]],
      ['remove', []],
    ];
    for (const [how, entityIds] of changes)
      await useCase(bench).execute(anActor(), { id, name: 'Smith Family', members: { how, entityIds } });
    await useCase(bench).execute(anActor(), { id });
    expect(await members()).toEqual([a, b]);
    expect([group.modifiedAt, bench.history.entries]).toEqual([group.createdAt, []]);
  });

  it.each<MemberChange>(['add', 'replace', 'remove'])('refuses to %s unknown entities: all or nothing', async (how) => {
    const { bench, group, id, a, b, c, members } = await aGroupOfTwo();
    const entityIds = [a, '404' as EntityId, c, '405' as EntityId];
    const attempt = useCase(bench).execute(anActor(), { id, name: 'Jones', members: { how, entityIds } });
    await expect(attempt).rejects.toMatchObject({ code: 'unknown_entities', ids: ['404', '405'] });
    expect(await members()).toEqual([a, b]);
    expect([group.name, bench.history.entries]).toEqual(['Smith Family', []]);
  });

  it('does not find what is unknown, another firm’s, or not permitted', async () => {
    const { bench, id } = await aGroupOfTwo();
    const foreign = await bench.withGroup([], { firmId: '2' as FirmId });
    for (const [actor, group] of [
      [anActor(), foreign.id],
      [anActor(), '404' as GroupId],
      [restricted, id],
    ] as const)
      await expect(useCase(bench).execute(actor, { id: group, name: 'x' })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'group_not_found',
      });
  });

  it('lets a restricted user change a permitted group, with entities that are permitted to them', async () => {
    const { bench, id, a, b, c, members } = await aGroupOfTwo();
    bench.groups.permitted.add(id, restricted.userId);
    const change = (how: MemberChange, entityIds: EntityId[]) =>
      useCase(bench).execute(restricted, { id, members: { how, entityIds } });
    await expect(change('add', [c])).rejects.toMatchObject({ code: 'unknown_entities', ids: [c] });
    await change('replace', [b]);
    await expect(change('add', [a])).rejects.toMatchObject({ code: 'unknown_entities', ids: [a] });
    bench.entities.permitted.add(c, restricted.userId);
    await change('add', [c]);
    expect(await members()).toEqual([b, c]);
  });
});
