import fc from 'fast-check';

/** A file or folder of the model; everything is named by its place in a list. */
export interface Item {
  readonly isFolder: boolean;
  /** An earlier folder, or null at the top level. */
  readonly parent: number | null;
  readonly createdBy: number;
  /** In whole minutes after a beginning. */
  readonly createdAt: number;
  /** How many ids are left out before its own. */
  readonly gap: number;
  readonly entities: readonly number[];
  readonly groups: readonly number[];
}

export interface User {
  readonly allData: boolean;
  readonly entities: readonly number[];
  readonly groups: readonly number[];
}

/** A firm: random members of groups, users, a tree, then moves and archivings one after the other. */
export interface World {
  readonly members: readonly (readonly number[])[];
  readonly users: readonly User[];
  readonly items: readonly Item[];
  readonly changes: readonly { readonly what: 'move' | 'archive'; readonly item: number; readonly to: number }[];
  readonly questions: readonly Question[];
}

/** A list that somebody asks for. */
export interface Question {
  readonly user: number;
  readonly archived: boolean;
  readonly kind: 'files' | 'folders' | undefined;
  readonly limit: number;
  /** Which of them; several at once. */
  readonly filter: Filter;
}

export interface Filter {
  readonly entity?: number;
  readonly group?: number;
  readonly parent?: number;
  /** Minutes, both exclusive. */
  readonly after?: number;
  readonly before?: number;
}

export const ENTITIES = 5;
const GROUPS = 3;
const USERS = 4;
const ITEMS = 24;
const MINUTES = 60;

const someOf = (count: number, most: number) => fc.uniqueArray(fc.nat(count - 1), { maxLength: most });
const entitiesAndGroups = { entities: someOf(ENTITIES, 2), groups: someOf(GROUPS, 2) };
const item = fc
  .record({
    isFolder: fc.boolean(),
    place: fc.nat(ITEMS),
    createdBy: fc.nat(USERS - 1),
    createdAt: fc.nat(MINUTES),
    gap: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(300), fc.nat(100_000)),
    linked: fc.boolean(),
    ...entitiesAndGroups,
  })
  .map(({ linked, ...rest }) => (linked ? rest : { ...rest, entities: [], groups: [] }));

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const period = fc
  .record({ after: maybe(fc.nat(MINUTES)), before: maybe(fc.nat(MINUTES)) })
  .filter(({ after, before }) => after === undefined || before === undefined || after < before);
const filter: fc.Arbitrary<Filter> = fc
  .record({
    entity: maybe(fc.nat(ENTITIES - 1)),
    group: maybe(fc.nat(GROUPS - 1)),
    parent: maybe(fc.nat(ITEMS)),
    period: maybe(period),
  })
  .map(({ period: created, ...rest }) => ({ ...rest, ...created }));

export const worlds: fc.Arbitrary<World> = fc.record({
  members: fc.array(someOf(ENTITIES, 3), { minLength: GROUPS, maxLength: GROUPS }),
  users: fc
    .array(fc.record({ allData: fc.constant(false), ...entitiesAndGroups }), {
      minLength: USERS - 1,
      maxLength: USERS - 1,
    })
    .map((users) => [{ allData: true, entities: [], groups: [] }, ...users]),
  items: fc.array(item, { minLength: 1, maxLength: ITEMS }).map(placed),
  changes: fc.array(
    fc.record({ what: fc.constantFrom('move' as const, 'archive' as const), item: fc.nat(ITEMS), to: fc.nat(ITEMS) }),
    { maxLength: 6 },
  ),
  questions: fc.array(
    fc.record({
      user: fc.nat(USERS - 1),
      archived: fc.boolean(),
      kind: fc.constantFrom('files' as const, 'folders' as const, undefined),
      limit: fc.integer({ min: 1, max: 7 }),
      filter,
    }),
    { minLength: 12, maxLength: 12 },
  ),
});

/** Each stands in one of the folders before it, or at the top level. */
function placed(drawn: readonly (Omit<Item, 'parent'> & { place: number })[]): Item[] {
  return drawn.map(({ place, ...rest }, at) => {
    const folders = drawn.slice(0, at).flatMap(({ isFolder }, index) => (isFolder ? [index] : []));
    return { ...rest, parent: folders[place % (folders.length + 1)] ?? null };
  });
}

/** The rules of data access as the contract says them (section 2), by looking at everything. */
export class Model {
  readonly parents: (number | null)[];
  /** Which folder or file was archived, with what was active below it then. */
  private readonly archived = new Set<number>();

  constructor(readonly world: World) {
    this.parents = world.items.map(({ parent }) => parent);
  }

  /** The folders above, the nearest first. */
  above(at: number): number[] {
    const parent = this.parents[at] ?? null;
    return parent === null ? [] : [parent, ...this.above(parent)];
  }

  isArchived = (at: number): boolean => [at, ...this.above(at)].some((one) => this.archived.has(one));

  archive(at: number): void {
    this.archived.add(at);
  }

  effective(at: number): { entities: number[]; groups: number[] } {
    const sources = [at, ...this.above(at)].map((one) => this.world.items[one]);
    return {
      entities: sources.flatMap((source) => source?.entities ?? []),
      groups: sources.flatMap((source) => source?.groups ?? []),
    };
  }

  canRead(user: number, at: number): boolean {
    const { entities, groups } = this.effective(at);
    if (this.world.users[user]?.allData) return true;
    if (entities.length + groups.length === 0) return this.world.items[at]?.createdBy === user;
    const permitted = this.permitted(user);
    return entities.some(permitted.entities) || groups.some(permitted.groups);
  }

  canChange(user: number, at: number): boolean {
    const [{ entities, groups }, permitted] = [this.effective(at), this.permitted(user)];
    if (entities.length + groups.length === 0) return this.canRead(user, at);
    return entities.every(permitted.entities) && groups.every(permitted.groups);
  }

  /** The folders that a user without all data access may change. */
  changeableFolders(user: number): number[] {
    if (this.world.users[user]?.allData) return [];
    return this.world.items.flatMap(({ isFolder }, at) => (isFolder && this.canChange(user, at) ? [at] : []));
  }

  /** Whether `user` may change everything below the folder; with `archived`, what was archived before counts too. */
  canChangeBelow(user: number, folder: number, { archived }: { archived: boolean }): boolean {
    return this.parents.every((_parent, at) => {
      const counts = this.above(at).includes(folder) && (archived || !this.isArchived(at));
      return !counts || this.canChange(user, at);
    });
  }

  /** What of the item `user` is shown: nothing of what is not permitted to them. */
  shown(user: number, at: number): { entities: number[]; groups: number[] } {
    const [{ entities, groups }, permitted] = [this.effective(at), this.permitted(user)];
    return { entities: entities.filter(permitted.entities), groups: groups.filter(permitted.groups) };
  }

  private permitted(user: number): { entities: (at: number) => boolean; groups: (at: number) => boolean } {
    const { allData, entities, groups } = this.world.users[user] as User;
    const all = [...entities, ...groups.flatMap((group) => this.world.members[group] ?? [])];
    return { entities: (at) => allData || all.includes(at), groups: (at) => allData || groups.includes(at) };
  }

  /** The items that answer `question`. */
  answer({ user, archived, kind, filter }: Question): number[] {
    return this.world.items.flatMap(({ isFolder }, at) => {
      const meets = this.isAsked(user, at, filter);
      const fits = kind === undefined || (kind === 'folders') === isFolder;
      return fits && meets && this.isArchived(at) === archived && this.canRead(user, at) ? [at] : [];
    });
  }

  /** Whether the item meets every part of the filter; an entity wins over a group. */
  private isAsked(user: number, at: number, { entity, group, parent, after, before }: Filter): boolean {
    const [{ entities, groups }, permitted] = [this.effective(at), this.permitted(user)];
    const createdAt = this.world.items[at]?.createdAt ?? 0;
    const isLinked =
      entity === undefined
        ? group === undefined || (groups.includes(group) && permitted.groups(group))
        : entities.includes(entity) && permitted.entities(entity);
    return (
      isLinked &&
      (parent === undefined || this.parents[at] === this.parentIn(parent)) &&
      (after === undefined || createdAt > after) &&
      (before === undefined || createdAt < before)
    );
  }

  /** The folder that a drawn number means; null is the top level. */
  parentIn(which: number): number | null {
    const folders = this.world.items.flatMap(({ isFolder }, at) => (isFolder ? [at] : []));
    return folders[which % (folders.length + 1)] ?? null;
  }
}
