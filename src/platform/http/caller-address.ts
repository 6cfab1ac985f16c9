import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * Where a request comes from: the nearest address in front of the trusted proxies (`TRUST_PROXY`); without such proxies,
 * or when they write something else than an address, the other end of the connection. Null when that has gone.
 */
export function addressOf({ ip, socket: { remoteAddress } }: Pick<Request, 'ip' | 'socket'>): string | null {
  const address = ip !== undefined && isIP(ip) !== 0 ? ip : remoteAddress;
  return address?.replace(/%.*$/, '') ?? null; // which network card it came by is no part of the address
}
