import type { FirmId } from '../kernel/index.js';
import { NO_HASH, type ProofEvent } from './proof-event.js';

/** Where a chain is not what it was. */
export interface ProofFault {
  readonly seq: number;
  readonly fault: 'changed' | 'removed' | 'broken_link' | 'head_missing' | 'head_changed' | 'removed_at_the_end';
}

/** The last event of a chain, as its sealed head names it; `isSealed` says whether the seal is good. */
export interface ProofHead {
  readonly seq: number;
  readonly hash: string;
  readonly isSealed: boolean;
}

/**
 * Walks along the chain of one firm, event by event in the order of their numbers. `hash` is what the text of an event
 * hashes to now.
 */
export class ChainWalk {
  private readonly found: ProofFault[] = [];
  private seq = 0;
  private hash: string = NO_HASH;

  constructor(
    readonly firmId: FirmId,
    private readonly hashOf: (firmId: FirmId, event: ProofEvent) => string,
  ) {}

  /** How many events there are, and what is wrong with them so far. */
  get result(): { readonly events: number; readonly faults: readonly ProofFault[] } {
    return { events: this.seq, faults: this.found };
  }

  step(event: ProofEvent): void {
    for (let seq = this.seq + 1; seq < event.seq; seq++) this.found.push({ seq, fault: 'removed' });
    if (this.hashOf(this.firmId, event) !== event.hash) this.found.push({ seq: event.seq, fault: 'changed' });
    else if (event.seq === this.seq + 1 && event.previousHash !== this.hash)
      this.found.push({ seq: event.seq, fault: 'broken_link' });
    this.seq = event.seq;
    this.hash = event.hash;
  }

  /** Compares the end of the walk with the head; null when there is none. */
  end(head: ProofHead | null): void {
    if (!head) {
      if (this.seq > 0) this.found.push({ seq: this.seq, fault: 'head_missing' });
    } else if (!head.isSealed) this.found.push({ seq: head.seq, fault: 'head_changed' });
    else if (head.seq > this.seq) this.found.push({ seq: head.seq, fault: 'removed_at_the_end' });
    else if (head.seq !== this.seq || head.hash !== this.hash)
      this.found.push({ seq: this.seq, fault: 'head_changed' });
  }
}
