import ipaddr from 'ipaddr.js';

/** Global unicast, RFC 4291: every other IPv6 address is local, or stands for something else. */
const GLOBAL_UNICAST = [ipaddr.IPv6.parse('2000::'), 3] as const;

/** Whether `address` is one of the public Internet: not of this host, a private network, a link or a translation. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address); // an IPv4 address in an IPv6 one is what it stands for
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(...GLOBAL_UNICAST);
}

/** The address that a URL names instead of a host; null when it names one. */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : null;
}
