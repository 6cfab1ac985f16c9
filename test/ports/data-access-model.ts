import fc from 'fast-check';

/** A file or folder of the model; everything is named by its place in a list. */
export interface Item {
  readonly isFolder: boolean;
  /** An earlier folder, or null at the top level. */
  readonly parent: number | null;
  readonly createdBy: number;
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
  readonly filter: { readonly by: 'none' | 'entity' | 'group' | 'parent'; readonly which: number };
}

export const ENTITIES = 5;
const GROUPS = 3;
const USERS = 4;
const ITEMS = 24;

const someOf = (count: number, most: number) => fc.uniqueArray(fc.nat(count - 1), { maxLength: most });
const entitiesAndGroups = { entities: someOf(ENTITIES, 2), groups: someOf(GROUPS, 2) };
const item = fc
  .record({
    isFolder: fc.boolean(),
    place: fc.nat(ITEMS),
    createdBy: fc.nat(USERS - 1),
    linked: fc.boolean(),
    ...entitiesAndGroups,
  })
  .map(({ linked, ...rest }) => (linked ? rest : { ...rest, entities: [], groups: [] }));

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
      filter: fc.record({
        by: fc.constantFrom('none' as const, 'entity' as const, 'group' as const, 'parent' as const),
        which: fc.nat(ITEMS),
      }),
    }),
    { minLength: 8, maxLength: 8 },
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
    const permitted = this.permitted(user);
    return this.world.items.flatMap(({ isFolder }, at) => {
      const { entities, groups } = this.effective(at);
      const meets = {
        none: true,
        entity: entities.includes(filter.which % ENTITIES) && permitted.entities(filter.which % ENTITIES),
        group: groups.includes(filter.which % GROUPS) && permitted.groups(filter.which % GROUPS),
        parent: this.parents[at] === this.parentIn(filter.which),
      }[filter.by];
      const fits = kind === undefined || (kind === 'folders') === isFolder;
      return fits && meets && this.isArchived(at) === archived && this.canRead(user, at) ? [at] : [];
    });
  }

  /** The folder that a drawn number means; null is the top level. */
  parentIn(which: number): number | null {
    const folders = this.world.items.flatMap(({ isFolder }, at) => (isFolder ? [at] : []));
    return folders[which % (folders.length + 1)] ?? null;
  }
}

export const groupIn = (which: number): number => which % GROUPS;
