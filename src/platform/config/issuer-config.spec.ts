import { describe, expect, it } from '@jest/globals';
import { issuerConfig } from './issuer-config.js';
import { ConfigError, Settings } from './settings.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  const settings = new Settings(environment);
  issuerConfig(settings);
  try {
    settings.throwIfRefused();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('The settings of an outside issuer', () => {
  it('are none unless given', () => {
    expect(issuerConfig(new Settings({}))).toBeNull();
    expect(issuerConfig(new Settings({ OIDC_ISSUER: '' }))).toBeNull();
  });

  it('say whose tokens are trusted, exactly as those name it, and what they must be for', () => {
    const url = 'https://login.example/tenant/';
    expect(issuerConfig(new Settings({ OIDC_ISSUER: url }))).toEqual({ url, audience: 'urn:portico:api' });
    const named = { OIDC_ISSUER: 'http://127.0.0.1:8080/realms/firm', OIDC_AUDIENCE: 'api://portico' };
    expect(issuerConfig(new Settings(named))).toEqual({ url: named.OIDC_ISSUER, audience: named.OIDC_AUDIENCE });
    expect(faultsOf(named)).toEqual([]);
  });

  it.each([
    ['login.example', 'OIDC_ISSUER must be a URL'],
    ['ftp://login.example', 'OIDC_ISSUER must be a URL'],
    ['http://login.example', 'OIDC_ISSUER must begin with https://'],
    ['http://10.0.0.1', 'OIDC_ISSUER must begin with https://'],
    ['https://login.example/?tenant=1', 'OIDC_ISSUER must be an address without'],
    ['https://login.example/#1', 'OIDC_ISSUER must be an address without'],
    ['https://user:secret@login.example/', 'OIDC_ISSUER must be an address without'],
  ])('refuse "%s" and name the variable', (url, fault) => {
    expect(faultsOf({ OIDC_ISSUER: url })).toEqual([expect.stringContaining(fault)]);
  });

  it('refuse an audience without an issuer', () => {
    expect(faultsOf({ OIDC_AUDIENCE: 'api' })).toEqual([expect.stringContaining('OIDC_AUDIENCE')]);
  });
});
