import { type Actor, type Clock, DomainError, isUuid, type Random, type UnitOfWork } from '@portico/domain/kernel';
import type { ResourceReads } from '../reading/resource-reads.js';
import { backOfficeErrors } from '../resource.errors.js';
import { MOST_ROWS } from '../declaration/limits.js';
import type { Resource } from '../declaration/resource.js';
import { requireDistinctRows } from './distinct-rows.js';
import { hasChanged, isAsItWas } from './changes.js';
import type { Draft, Plan, StoredRow } from './draft.js';
import { Faults, FLAWS } from './faults.js';
import { allOf, fillColumns, type Making, planChildren, planOf } from './plan-rows.js';
import { readDraft, requireDistinctNames } from './read-draft.js';
import { lostRace, removalRefused, writeRefused } from './refusals.js';
import { resolveReferences } from './resolve-references.js';
import type { ResourceStore } from './resource-store.js';
import { requireSoundRows } from './sound-rows.js';
import type { WriteRecord } from './write-record.js';

/** What a call with many rows did. */
export interface UpsertResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Makes, changes and removes rows of all resources; the number of statements does not depend on the number of rows. */
export class ResourceWrites {
  constructor(
    private readonly store: ResourceStore,
    private readonly reads: ResourceReads,
    private readonly record: WriteRecord,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Answers the id. @throws InvalidRequest, DomainError `external_id_taken`, `already_exists` */
  async create(actor: Actor, resource: Resource, body: unknown): Promise<string> {
    const [faults, draft] = this.read(resource, body);
    return this.run(resource, async () => {
      if (draft.externalId !== null) await this.requireFree(actor, draft);
      const making = this.making(actor);
      const plan = planOf(draft, null, making);
      await this.write(making, [plan], faults.copy(), 'one');
      return plan.id;
    });
  }

  /** @throws InvalidRequest, DomainError `resource_not_found`, `external_id_taken`, `already_exists`, `in_use` */
  async change(actor: Actor, resource: Resource, id: string, body: unknown): Promise<void> {
    const [faults, draft] = this.read(resource, body);
    await this.run(resource, async () => {
      const row = await this.locked(actor, resource, id);
      if (draft.externalId !== null && draft.externalId !== row.externalId) await this.requireFree(actor, draft);
      const making = this.making(actor);
      await this.write(making, [planOf(draft, row, making)], faults.copy(), 'one');
    });
  }

  /** @throws DomainError `resource_not_found`, `in_use` */
  async remove(actor: Actor, resource: Resource, id: string): Promise<void> {
    const work = async () => {
      const row = await this.locked(actor, resource, id);
      const shown = await this.reads.findWithin(actor, resource, row.id);
      await this.store.remove(actor, resource, row.id);
      await this.record.removed(actor, resource, row, shown ?? '{}');
    };
    await this.run(resource, work, removalRefused);
  }

  /** Makes or changes rows by their external ids, all or none. @throws InvalidRequest naming row and field of each fault */
  async upsert(actor: Actor, resource: Resource, body: unknown): Promise<UpsertResult> {
    const [faults, drafts] = readRows(resource, body);
    return this.run(resource, async () => {
      const externalIds = drafts.flatMap(({ externalId }) => (externalId === null ? [] : [externalId]));
      await this.store.lockOwners(actor, resource, { externalIds });
      const found = await this.store.lock(actor, resource, { externalIds });
      const there = new Map(found.map((row) => [row.externalId, row]));
      const making = this.making(actor);
      const known = faults.copy();
      const plans = drafts.map((draft) => {
        const row = there.get(draft.externalId) ?? null;
        if (row && !row.isVisible) known.add([...draft.place, 'externalId'], FLAWS.taken);
        return planOf(draft, row?.isVisible ? row : null, making);
      });
      await this.write(making, plans, known, 'many');
      const created = plans.filter(({ before }) => before === null).length;
      const updated = plans.filter((plan) => plan.before !== null && hasChanged(plan)).length;
      return { created, updated, unchanged: plans.length - created - updated };
    });
  }

  private read(resource: Resource, body: unknown): [Faults, Draft] {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw backOfficeErrors.notAnObject();
    const faults = new Faults();
    return [faults, readDraft(resource, body, { place: [], isChild: false }, faults)];
  }

  /** @throws DomainError `external_id_taken` */
  private async requireFree(actor: Actor, { resource, externalId }: Draft): Promise<void> {
    const taken = await this.store.lock(actor, resource, { externalIds: [externalId ?? ''] });
    if (taken.length > 0) throw backOfficeErrors.externalIdTaken();
  }

  private making(actor: Actor): Making {
    return { actor, now: this.clock.now(), random: this.random };
  }

  /** @throws DomainError `resource_not_found` also for a row that the actor does not see */
  private async locked(actor: Actor, resource: Resource, id: string): Promise<StoredRow> {
    if (!isUuid(id)) throw backOfficeErrors.notFound(resource.singular);
    await this.store.lockOwners(actor, resource, { ids: [id] });
    const [row] = await this.store.lock(actor, resource, { ids: [id] });
    if (!row?.isVisible) throw backOfficeErrors.notFound(resource.singular);
    return row;
  }

  private async run<T>(resource: Resource, work: () => Promise<T>, refused = writeRefused): Promise<T> {
    try {
      return await this.unitOfWork.run(async () => {
        try {
          return await work();
        } catch (error) {
          throw lostRace(error) ?? error;
        }
      });
    } catch (error) {
      throw error instanceof DomainError ? error : (refused(resource, error) ?? error);
    }
  }

  /** @throws InvalidRequest with all faults; of one row that is there already, DomainError `already_exists` */
  private async write(making: Making, roots: readonly Plan[], faults: Faults, asked: 'one' | 'many'): Promise<void> {
    await planChildren(roots, this.store, making, faults);
    const plans = allOf(roots);
    for (const plan of plans) fillColumns(plan, making, faults);
    await resolveReferences(making.actor, plans, this.store, faults);
    faults.throwIfAny();
    requireSoundRows(plans, faults);
    await requireDistinctRows(making.actor, plans, this.store, faults, asked);
    await this.apply(making, roots, []);
    await this.record.written(making.actor, roots);
  }

  /** Rows of one resource with one statement, then the children that came with them, kind by kind. */
  private async apply(making: Making, plans: readonly Plan[], gone: readonly StoredRow[]): Promise<void> {
    const resource = plans[0]?.draft.resource;
    if (!resource) return;
    const part = (isNew: boolean) =>
      plans
        .filter((plan) => (plan.before === null) === isNew && !isAsItWas(plan))
        .map(({ id, columns }) => ({ id, columns }));
    const removed = gone.map(({ id }) => id);
    const application = { resource, now: making.now, added: part(true), changed: part(false), removed };
    const after = new Map((await this.store.apply(making.actor, application)).map(({ id, columns }) => [id, columns]));
    for (const plan of plans) plan.after = after.get(plan.id) ?? null;
    for (const name of Object.keys(resource.children)) {
      const lists = plans.flatMap(({ lists: of }) => of.get(name) ?? []);
      const children = lists.flatMap((list) => list.plans);
      const leaving = lists.flatMap((list) => list.gone);
      if (children.length > 0) await this.apply(making, children, leaving);
      else if (leaving.length > 0) await this.leave(making, lists[0]?.resource, leaving);
    }
  }

  private async leave(making: Making, resource: Resource | undefined, rows: readonly StoredRow[]): Promise<void> {
    if (!resource) return;
    const removed = rows.map(({ id }) => id);
    await this.store.apply(making.actor, { resource, now: making.now, added: [], changed: [], removed });
  }
}

/** @throws DomainError `invalid_body` when it is no list of 1 to 1000 rows */
function readRows(resource: Resource, body: unknown): [Faults, Draft[]] {
  if (!Array.isArray(body) || body.length === 0 || body.length > MOST_ROWS) throw backOfficeErrors.notRows(MOST_ROWS);
  const faults = new Faults();
  const drafts = body.map((row, at) => readDraft(resource, row, { place: [at], isChild: false }, faults));
  for (const { externalId, place, given } of drafts)
    if (externalId === null && !(given.has('externalId') && faults.has([...place, 'externalId'])))
      faults.add([...place, 'externalId'], FLAWS.missing);
  requireDistinctNames(drafts, faults);
  return [faults, drafts];
}
