import { InvalidField } from '../kernel/index.js';

/** The platforms whose figures can be fetched. */
export const PLATFORMS = ['shopify', 'google_ads', 'meta_ads', 'ga4', 'tiktok_ads'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What they are called. */
export const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
  shopify: 'Shopify',
  google_ads: 'Google Ads',
  meta_ads: 'Meta Ads',
  ga4: 'Google Analytics',
  tiktok_ads: 'TikTok Ads',
};

/** The platform of which `text` is the key. @throws InvalidField naming `platform` */
export function platformNamed(text: string): Platform {
  const platform = PLATFORMS.find((known) => known === text);
  if (platform) return platform;
  const among = PLATFORMS.join(', ');
  throw new InvalidField('platform', `must be one of ${among}`, 'invalid_value', {
    kind: 'not_one_of',
    values: { among },
  });
}
