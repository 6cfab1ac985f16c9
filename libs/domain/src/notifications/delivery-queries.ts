import type { FirmId } from '../kernel/index.js';
import type { DeliveryState } from './delivery.js';

/** A mail as the operator sees it. */
export interface DeliveryListItem {
  readonly id: string;
  readonly firmId: string;
  /** Null when it goes to a user. */
  readonly contactId: string | null;
  readonly contactName: string | null;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly address: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly answer: string | null;
  readonly queuedAt: Date;
  readonly attemptedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly settledAt: Date | null;
}

export interface DeliveryFilter {
  /** Null: of all firms. */
  readonly firmId: FirmId | null;
  readonly states: readonly DeliveryState[];
  readonly limit: number;
}

/** Reads that decide nothing. */
export abstract class DeliveryQueries {
  /** The newest first, for the operator alone. */
  abstract list(filter: DeliveryFilter): Promise<readonly DeliveryListItem[]>;

  /** How many wait to be sent, in all firms. */
  abstract countQueued(): Promise<number>;
}
