import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Settings } from './settings.js';

/** Who may come near: pages of other origins, proxies in front, and those who fail again and again. */
export interface EdgeConfig {
  /** Origins whose pages may read answers, such as `https://portal.example.com`; empty: none, and nothing says so. */
  readonly corsOrigins: readonly string[];
  /** Addresses, networks and names of networks whose `X-Forwarded-For` is believed; empty: nobody's. */
  readonly trustedProxies: readonly string[];
  /** How often one address may fail to identify itself in a minute; 0: no limit. */
  readonly failuresPerMinute: number;
}

const FAILURES = 60;
/** As Express calls them. */
const NETWORKS: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

export function edgeConfig(settings: Settings, rateLimitPerMinute: number): EdgeConfig {
  return {
    corsOrigins: listOf(settings, 'CORS_ORIGINS', isOrigin, 'origins such as https://portal.example.com'),
    trustedProxies: listOf(settings, 'TRUST_PROXY', isNetwork, 'addresses or networks such as 10.0.0.0/8 or loopback'),
    failuresPerMinute: settings.integer('FAILURES_PER_MINUTE', rateLimitPerMinute === 0 ? 0 : FAILURES, 0, 1_000_000),
  };
}

function listOf(settings: Settings, name: string, isOne: (text: string) => boolean, what: string): string[] {
  const all = (settings.optional(name) ?? '').split(',').map((text) => text.trim());
  const given = all.filter((text) => text !== '');
  const wrong = given.find((text) => !isOne(text));
  if (wrong !== undefined) settings.refuse(name, `must be ${what}, separated by commas, not "${wrong}"`);
  return given;
}

/** As a browser writes it: nothing after the host, no port that goes without saying, and never `*` or `null`. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Not how many proxies there are: whoever reaches the server past them could then say where they come from. */
function isNetwork(text: string): boolean {
  return NETWORKS.has(text) || isIP(text) !== 0 || ipaddr.isValidCIDR(text);
}
