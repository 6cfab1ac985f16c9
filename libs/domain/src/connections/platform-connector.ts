import type { DayRange } from './days.js';
import type { DayFigures } from './figures.js';
import type { Platform } from './platform.js';

/** What opens an account of a platform: a plain object, in the form that the platform's connector has checked. */
export type Credentials = Readonly<Record<string, unknown>>;

/** What a platform says of an account. */
export interface PlatformAccount {
  readonly id: string;
  readonly name: string | null;
  /** The name of an IANA time zone: its days are those of the figures. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  /** The address of a shop. */
  readonly storeUrl: string | null;
  /** What the credentials may be used for; null where the platform does not tell. */
  readonly scopes: readonly string[] | null;
  readonly tokenExpiresAt: Date | null;
}

/** An account that was opened with its credentials. */
export interface PlatformSession {
  readonly account: PlatformAccount;
  /**
   * The figures of every day of `range`, also of those without any: one after the other, the first first, each when all
   * of it has arrived. So what came before a fault is whole.
   * @throws PlatformFault
   */
  days(range: DayRange): AsyncIterable<DayFigures>;
}

/** Speaks with one platform; slow, so it belongs outside a unit of work. */
export abstract class PlatformConnector {
  /** `raw` in the form that is kept. @throws InvalidField naming `credentials/…` */
  abstract checked(raw: Credentials): Credentials;

  /** Asks the platform for the account. @throws PlatformFault */
  abstract open(credentials: Credentials): Promise<PlatformSession>;
}

/** Those who speak with the platforms. */
export abstract class PlatformConnectors {
  abstract of(platform: Platform): PlatformConnector;
}
