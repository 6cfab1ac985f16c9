import type { Plan } from './draft.js';
import type { Faults } from './faults.js';

/**
 * Rows as they would be keep the rules of their resource that are about several fields. To be asked of rows whose fields
 * are sound each for itself.
 * @throws InvalidRequest
 */
export function requireSoundRows(plans: readonly Plan[], faults: Faults): void {
  for (const { draft, before, columns } of plans) {
    const flaws = draft.resource.check?.({ ...before?.columns, ...columns }) ?? {};
    for (const [field, flaw] of Object.entries(flaws)) faults.add([...draft.place, field], flaw);
  }
  faults.throwIfAny();
}
