import { describe, expect, it } from '@jest/globals';
import { isLoopback, redirectUris } from './redirect-uri.js';

describe('the redirect URIs of a client', () => {
  it.each([
    'https://crm.example/callback',
    'https://crm.example:8443/a?b=c',
    'http://localhost:3000/',
    'http://127.0.0.1/done',
    'http://[::1]:8080/done',
  ])('may be %s', (uri) => {
    expect(redirectUris([uri, uri])).toEqual([uri]);
  });

  it.each([
    ['http://crm.example/callback', 'must begin with https'],
    ['http://localhost.evil.test/', 'must begin with https'],
    ['http://127.0.0.2/', 'must begin with https'],
    ['app:/callback', 'must begin with https'],
    ['javascript:alert(1)', 'must begin with https'],
    ['data:text/html,x', 'must begin with https'],
    ['https://crm.example/#part', 'fragment'],
    ['https://crm.example/#', 'fragment'],
    ['https://user@crm.example/', 'user'],
    ['https://:secret@crm.example/', 'user'],
    ['https://*.example/', 'no patterns'],
    ['https://crm.example/ callback', 'is no URI'],
    ['https://crm.example/\n', 'is no URI'],
    ['//crm.example', 'is no URI'],
    ['crm.example', 'is no URI'],
    ['', 'is no URI'],
    [`https://crm.example/${'x'.repeat(2000)}`, 'is no URI'],
  ])('must not be "%s"', (uri, why) => {
    expect(() => redirectUris([uri])).toThrow(
      expect.objectContaining({ code: 'invalid_redirect_uri', message: expect.stringContaining(why) }),
    );
  });

  it('are ten at most', () => {
    const many = Array.from({ length: 11 }, (_, at) => `https://crm.example/${at}`);
    expect(redirectUris(many.slice(1))).toHaveLength(10);
    expect(() => redirectUris(many)).toThrow(expect.objectContaining({ code: 'invalid_redirect_uri' }));
  });

  it('lead to the machine of the person only by http to itself', () => {
    const uris = ['http://localhost/', 'http://[::1]/', 'https://localhost/', 'https://crm.example/'];
    expect(uris.map(isLoopback)).toEqual([true, true, false, false]);
  });
});
