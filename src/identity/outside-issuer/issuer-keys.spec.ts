import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose';
import pino from 'pino';
import { IssuerKeys } from './issuer-keys.js';

/** An issuer of which each answer can be bent. */
class Issuer {
  keys: JWK[] = [];
  discovery: (response: ServerResponse) => void = (response) =>
    answer(response, { issuer: this.url, jwks_uri: `${this.url}/jwks` });
  jwks: (response: ServerResponse) => void = (response) => answer(response, { keys: this.keys });
  readonly asked: string[] = [];
  url = '';
  private readonly server: Server = createServer((request, response) => {
    this.asked.push(request.url ?? '');
    if (request.url === '/.well-known/openid-configuration') this.discovery(response);
    else this.jwks(response);
  });

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** Signs with a new key, which takes the place of all before it. */
  async newKey(kid: string): Promise<() => Promise<string>> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    this.keys = [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }];
    return () => new SignJWT({ sub: kid }).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

const answer = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function bench(cooldownMs = 0) {
  const issuer = await new Issuer().listen();
  const keys = new IssuerKeys(issuer.url, pino({ level: 'silent' }), cooldownMs);
  open.push(issuer, keys);
  const subject = async (token: string) => (await jwtVerify(token, keys.keyFor)).payload.sub;
  return { issuer, keys, subject };
}

const NO_ANSWER = { kind: 'unavailable', code: 'issuer_unavailable' };

describe('IssuerKeys', () => {
  it('fetches the keys once, however many ask', async () => {
    const { issuer, subject } = await bench();
    const token = await (await issuer.newKey('a'))();
    expect(await Promise.all(Array.from({ length: 5 }, () => subject(token)))).toEqual(Array(5).fill('a'));
    expect(await subject(token)).toBe('a');
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
  });

  it('fetches them anew for a key that is new, and forgets the old one', async () => {
    const { issuer, subject } = await bench();
    const [old] = [await (await issuer.newKey('a'))()];
    expect(await subject(old)).toBe('a');
    expect(await subject(await (await issuer.newKey('b'))())).toBe('b');
    await expect(subject(old)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('does not let unknown keys make it fetch again and again', async () => {
    const { issuer, subject } = await bench(60_000);
    const token = await (await issuer.newKey('a'))();
    await subject(token);
    for (const name of ['b', 'c', 'd']) {
      const unknown = await (await issuer.newKey(name))();
      await expect(subject(unknown)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    }
    expect(issuer.asked).toHaveLength(2);
  });

  it.each<[string, (issuer: Issuer) => void]>([
    ['no discovery document', (it) => (it.discovery = (response) => answer(response, {}, 404))],
    ['a fault', (it) => (it.discovery = (response) => answer(response, {}, 500))],
    ['the document of another', (it) => (it.discovery = (response) => answer(response, { issuer: 'https://x.test' }))],
    ['no JSON', (it) => (it.discovery = (response) => response.end('<html>'))],
    ['null', (it) => (it.discovery = (response) => answer(response, null))],
    ['a document without keys', (it) => (it.discovery = (response) => answer(response, { issuer: it.url }))],
    [
      'keys elsewhere by http',
      (it) => (it.discovery = (response) => answer(response, elsewhere(it, 'http://127.0.0.2/'))),
    ],
    [
      'keys in the cloud’s own network',
      (it) => (it.discovery = (response) => answer(response, elsewhere(it, 'https://169.254.169.254/'))),
    ],
    ['another address', (it) => (it.discovery = (response) => response.writeHead(302, { Location: it.url }).end())],
    ['no end', (it) => (it.discovery = (response) => response.end(JSON.stringify('x'.repeat(1024 ** 2))))],
    ['a broken connection', (it) => (it.discovery = (response) => response.destroy())],
    ['no keys', (it) => (it.jwks = (response) => answer(response, {}, 503))],
    ['keys that are none', (it) => (it.jwks = (response) => answer(response, { keys: 'none' }))],
  ])(
    'says that the issuer does not answer when it answers with %s, and asks again the next time',
    async (_says, bend) => {
      const { issuer, subject } = await bench();
      const token = await (await issuer.newKey('a'))();
      const { discovery, jwks } = issuer;
      bend(issuer);
      await expect(subject(token)).rejects.toMatchObject(NO_ANSWER);
      Object.assign(issuer, { discovery, jwks });
      expect(await subject(token)).toBe('a');
    },
  );

  it('looks without a fault whether the issuer answers', async () => {
    const { issuer, keys } = await bench();
    issuer.discovery = (response) => response.destroy();
    await keys.look();
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration']);
  });
});

const elsewhere = ({ url }: Issuer, address: string) => ({ issuer: url, jwks_uri: `${address}jwks` });
