import { type Credentials, type DayFigures, type Platform, type PlatformSession } from '@portico/domain/connections';
import { FixedClock } from '@portico/testing';
import { HttpPlatformConnectors } from '../../../src/connections/platforms/http-platform-connectors.js';
import { VendorCalls } from '../../../src/connections/platforms/vendor-calls.js';
import { GuardedClient } from '../../../src/platform/outgoing/guarded-client.js';
import { CREDENTIALS, FakePlatforms } from '../../support/platforms/fake-platforms.js';

/** The connectors of all platforms, before fakes of them on this host. */
export class ConnectedPlatforms {
  /** How long the connectors waited, in milliseconds; they did not really. */
  readonly waits: number[] = [];
  readonly clock = new FixedClock(new Date('2026-03-10T12:00:00Z'));
  private readonly client: GuardedClient;
  private readonly connectors: HttpPlatformConnectors;

  private constructor(readonly fakes: FakePlatforms) {
    const { url } = fakes.server;
    this.client = new GuardedClient({ trustedOrigins: new Set([url]), milliseconds: 2000 });
    const wait = (ms: number) => Promise.resolve(this.waits.push(ms));
    const addresses = { shopify: url, google_ads: url, meta_ads: url, ga4: url, tiktok_ads: url };
    this.connectors = new HttpPlatformConnectors(new VendorCalls(this.client, wait), this.clock, addresses);
  }

  static async start(): Promise<ConnectedPlatforms> {
    return new ConnectedPlatforms(await FakePlatforms.start());
  }

  checked(platform: Platform, credentials: Credentials): Credentials {
    return this.connectors.of(platform).checked(credentials);
  }

  open(platform: Platform, credentials: Credentials = CREDENTIALS[platform]): Promise<PlatformSession> {
    return this.connectors.of(platform).open(this.checked(platform, credentials));
  }

  /** The days from the first to the last, as far as they come, and the fault that ended them. */
  async days(platform: Platform, from: string, to: string): Promise<{ days: DayFigures[]; fault: unknown }> {
    const session = await this.open(platform);
    const days: DayFigures[] = [];
    try {
      for await (const day of session.days({ from, to })) days.push(day);
    } catch (fault) {
      return { days, fault };
    }
    return { days, fault: null };
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.fakes.close();
  }
}
