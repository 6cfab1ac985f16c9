import {
  type ClientId,
  InvalidField,
  lineOfText,
  optionalLine,
  type SlaPolicyId,
  type UserId,
} from '../kernel/index.js';
import { timeZoneName } from './time-zone.js';

export const CLIENT_STATUSES = ['prospect', 'active', 'dormant', 'alumni'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

const LONGEST = { name: 160, externalId: 255, tier: 40 } as const;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** What is said of a client, and can be changed. */
export interface ClientProfile {
  readonly name: string;
  /** What another system calls it; one client of the firm for each. */
  readonly externalId: string | null;
  /** The company above it in its group, which has none above it; null for one that is topmost, or alone. */
  readonly parentId: ClientId | null;
  /** Who looks after it: a user of the firm. */
  readonly deliveryManagerId: UserId | null;
  /** Until when its requests are answered and resolved, unless they are of a project with a policy of its own. */
  readonly slaPolicyId: SlaPolicyId | null;
  /** Whether the portal shows its figures. */
  readonly dashboardEnabled: boolean;
  /** The name of an IANA time zone. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly status: ClientStatus;
  /** What the firm's own ranking calls it. */
  readonly tier: string | null;
}

/** What a client has when nothing else is said. */
export const DEFAULT_CLIENT: Omit<ClientProfile, 'name'> = {
  externalId: null,
  parentId: null,
  deliveryManagerId: null,
  slaPolicyId: null,
  dashboardEnabled: true,
  timeZone: 'UTC',
  currency: 'USD',
  status: 'active',
  tier: null,
};

/** The name as it is kept. @throws InvalidField naming `name` */
export function clientName(raw: string): string {
  return lineOfText('name', raw, LONGEST.name);
}

/** What is given, as it is kept. @throws InvalidField naming the first field that holds what it must not */
export function checkedClient(given: Partial<ClientProfile>): Partial<ClientProfile> {
  const { name, externalId, timeZone, currency, tier, ...others } = given;
  const kept: Partial<ClientProfile> = {
    ...others,
    ...(name !== undefined && { name: clientName(name) }),
    ...(externalId !== undefined && { externalId: optionalLine('externalId', externalId, LONGEST.externalId) }),
    ...(timeZone !== undefined && { timeZone: timeZoneName('timeZone', timeZone) }),
    ...(currency !== undefined && { currency: currencyCode(currency) }),
    ...(tier !== undefined && { tier: optionalLine('tier', tier, LONGEST.tier) }),
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

function currencyCode(raw: string): string {
  const code = raw.toUpperCase();
  if (CURRENCIES.has(code)) return code;
  const message = 'must be the code of a currency, such as USD';
  throw new InvalidField('currency', message, 'invalid_value', { kind: 'not_currency' });
}
