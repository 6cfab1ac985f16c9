import type { Settings } from './settings.js';

/** Where platforms are called instead of at their own addresses, without a slash at the end; null: there. */
export interface PlatformAddresses {
  readonly shopify: string | null;
  readonly google_ads: string | null;
  readonly meta_ads: string | null;
  readonly ga4: string | null;
  readonly tiktok_ads: string | null;
}

export function platformAddresses(settings: Settings): PlatformAddresses {
  const address = (name: string) => settings.url(name, ['http:', 'https:'])?.replace(/\/+$/, '') ?? null;
  return {
    shopify: address('SHOPIFY_BASE_URL'),
    google_ads: address('GOOGLE_ADS_BASE_URL'),
    meta_ads: address('META_ADS_BASE_URL'),
    ga4: address('GA4_BASE_URL'),
    tiktok_ads: address('TIKTOK_ADS_BASE_URL'),
  };
}
