import type { Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { addressOf } from './caller-address.js';

const at = (ip: string | undefined, remoteAddress: string | undefined) =>
  addressOf({ ip, socket: { remoteAddress } as Socket });

it.each([
  ['203.0.113.7', '10.0.0.1', '203.0.113.7'],
  ['2001:db8::7', '10.0.0.1', '2001:db8::7'],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.1', '::ffff:10.0.0.1'],
  ['unknown', '10.0.0.1', '10.0.0.1'],
  ["'; drop table history", '10.0.0.1', '10.0.0.1'],
  ['203.0.113.7:4711', '10.0.0.1', '10.0.0.1'],
  ['fe80::1%eth0', 'fe80::1%eth0', 'fe80::1'],
  [undefined, undefined, null],
])('%s over a connection from %s comes from %s', (ip, remote, address) => {
  expect(at(ip, remote)).toBe(address);
});
