import type { FirmId } from '@portico/domain/kernel';
import { type NewProofEvent, ProofChain } from '@portico/domain/proof';
import type { Reversible } from './in-memory-unit-of-work.js';

/** Remembers the events in their order, without hashes. */
export class InMemoryProofChain extends ProofChain implements Reversible {
  readonly events: (NewProofEvent & { readonly firmId: FirmId })[] = [];

  async append(firmId: FirmId, events: readonly NewProofEvent[]): Promise<void> {
    this.events.push(...events.map((event) => ({ ...event, firmId })));
  }

  snapshot(): () => void {
    const { length } = this.events;
    return () => this.events.splice(length);
  }
}
