import { UnitOfWork } from '@portico/domain/kernel';

/** What a failed unit of work takes back. */
export interface Reversible {
  /** Remembers the present state and answers what brings it back. */
  snapshot(): () => void;
}

/** All or nothing over in-memory adapters. */
export class InMemoryUnitOfWork extends UnitOfWork {
  private running = false;

  constructor(private readonly stores: readonly Reversible[]) {
    super();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running) return work();
    const restores = this.stores.map((store) => store.snapshot());
    this.running = true;
    try {
      return await work();
    } catch (error) {
      for (const restore of restores) restore();
      throw error;
    } finally {
      this.running = false;
    }
  }
}
