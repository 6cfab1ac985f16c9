import { type Platform, type PlatformConnector, PlatformConnectors } from '@portico/domain/connections';
import type { Clock } from '@portico/domain/kernel';
import type { PlatformAddresses } from '../../platform/config/platforms-config.js';
import { Ga4Connector } from './ga4-connector.js';
import { GoogleAdsConnector } from './google-ads-connector.js';
import { MetaAdsConnector } from './meta-ads-connector.js';
import { ShopifyConnector } from './shopify-connector.js';
import { TiktokAdsConnector } from './tiktok-ads-connector.js';
import type { VendorCalls } from './vendor-calls.js';

/** The public HTTP APIs of the platforms. */
export class HttpPlatformConnectors extends PlatformConnectors {
  private readonly connectors: Readonly<Record<Platform, PlatformConnector>>;

  constructor(calls: VendorCalls, clock: Clock, addresses: PlatformAddresses) {
    super();
    this.connectors = {
      shopify: new ShopifyConnector(calls, addresses.shopify),
      google_ads: new GoogleAdsConnector(calls, clock, addresses.google_ads),
      meta_ads: new MetaAdsConnector(calls, addresses.meta_ads),
      ga4: new Ga4Connector(calls, clock, addresses.ga4),
      tiktok_ads: new TiktokAdsConnector(calls, addresses.tiktok_ads),
    };
  }

  of(platform: Platform): PlatformConnector {
    return this.connectors[platform];
  }
}
