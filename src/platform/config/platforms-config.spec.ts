import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.js';
import { ConfigError } from './settings.js';

describe('Where platforms are called', () => {
  it('is at their own addresses unless something else is said', () => {
    const own = { shopify: null, google_ads: null, meta_ads: null, ga4: null, tiktok_ads: null };
    expect(loadConfig({}).platforms).toEqual(own);
    const environment = { SHOPIFY_BASE_URL: 'http://127.0.0.1:9000/', GA4_BASE_URL: 'https://proxy.example/ga4//' };
    expect(loadConfig(environment).platforms).toEqual({
      ...own,
      ...{ shopify: 'http://127.0.0.1:9000', ga4: 'https://proxy.example/ga4' },
    });
  });

  it.each(['SHOPIFY', 'GOOGLE_ADS', 'META_ADS', 'GA4', 'TIKTOK_ADS'])('stops the boot when %s names none', (name) => {
    expect(() => loadConfig({ [`${name}_BASE_URL`]: 'localhost:9000' })).toThrow(ConfigError);
    expect(() => loadConfig({ [`${name}_BASE_URL`]: 'file:///etc' })).toThrow(`${name}_BASE_URL`);
  });
});
