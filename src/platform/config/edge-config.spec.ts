import { describe, expect, it } from '@jest/globals';
import { edgeConfig } from './edge-config.js';
import { ConfigError, Settings } from './settings.js';

function configOf(environment: Record<string, string>, rateLimitPerMinute = 600) {
  const settings = new Settings(environment);
  const config = edgeConfig(settings, rateLimitPerMinute);
  settings.throwIfRefused();
  return config;
}

describe('CORS_ORIGINS', () => {
  it('names nobody when it is not set', () => {
    expect(configOf({})).toEqual({ corsOrigins: [], trustedProxies: [], failuresPerMinute: 60 });
  });

  it('is a list of origins as browsers write them', () => {
    const { corsOrigins } = configOf({
      CORS_ORIGINS: 'https://a.example, http://localhost:5173,https://[2001:db8::1]:8443,',
    });
    expect(corsOrigins).toEqual(['https://a.example', 'http://localhost:5173', 'https://[2001:db8::1]:8443']);
  });

  it.each(['*', 'null', 'https://a.example/', 'https://a.example/path', 'https://a.example:443', 'https://A.example'])(
    'refuses %s, which is not how a browser writes an origin',
    (origin) => {
      expect(() => configOf({ CORS_ORIGINS: `https://b.example,${origin}` })).toThrow(ConfigError);
    },
  );

  it.each(['https://*.a.example', 'a.example', 'ftp://a.example', 'file:///x', 'https://u:p@a.example'])(
    'refuses %s',
    (origin) => {
      expect(() => configOf({ CORS_ORIGINS: origin })).toThrow(/^CORS_ORIGINS must be origins/);
    },
  );
});

describe('TRUST_PROXY', () => {
  it.each(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', 'loopback', 'uniquelocal, linklocal'])('takes %s', (text) => {
    expect(configOf({ TRUST_PROXY: text }).trustedProxies).toEqual(text.split(', '));
  });

  it.each(['true', '1', '*', 'all', 'proxy.example', '10.0.0.0/33', '10.0.0', '300.1.1.1'])('refuses %s', (text) => {
    expect(() => configOf({ TRUST_PROXY: text })).toThrow(/^TRUST_PROXY must be addresses/);
  });
});

describe('FAILURES_PER_MINUTE', () => {
  it('has no limit where calls have none, unless it is set', () => {
    expect(configOf({}, 0).failuresPerMinute).toBe(0);
    expect(configOf({ FAILURES_PER_MINUTE: '7' }, 0).failuresPerMinute).toBe(7);
    expect(configOf({ FAILURES_PER_MINUTE: '0' }).failuresPerMinute).toBe(0);
  });
});
