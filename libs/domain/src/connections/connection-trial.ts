import { optionalLine } from '../kernel/index.js';
import { connectionErrors } from './connection.errors.js';
import { type Platform, PLATFORM_NAMES, platformNamed } from './platform.js';
import type { Credentials, PlatformAccount, PlatformConnectors, PlatformSession } from './platform-connector.js';
import { PlatformFault } from './platform-fault.js';

/** What is said of a connection that is to be made. */
export interface NewConnection {
  /** The key of the platform. */
  readonly platform: string;
  readonly credentials: Credentials;
  /** Null: as the platform calls the account. */
  readonly displayName?: string | null;
}

/** A connection that was tried: the platform takes the credentials. */
export interface TriedConnection {
  readonly platform: Platform;
  readonly credentials: Credentials;
  readonly account: PlatformAccount;
  readonly displayName: string;
}

const LONGEST_NAME = 120;

/** Tries a connection before it is kept. Slow: outside a unit of work. */
export class ConnectionTrial {
  constructor(private readonly connectors: PlatformConnectors) {}

  /**
   * @throws InvalidField naming `platform`, `credentials/…` or `display_name`
   * @throws DomainError `connection_test_failed` with what the platform said
   */
  async run(input: NewConnection): Promise<TriedConnection> {
    const platform = platformNamed(input.platform);
    const connector = this.connectors.of(platform);
    const credentials = connector.checked(input.credentials);
    const given = optionalLine('display_name', input.displayName ?? null, LONGEST_NAME);
    const { account } = await opened(platform, credentials, () => connector.open(credentials));
    return { platform, credentials, account, displayName: given ?? nameOf(account, platform) };
  }
}

async function opened(
  platform: Platform,
  credentials: Credentials,
  open: () => Promise<PlatformSession>,
): Promise<PlatformSession> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof PlatformFault)) throw error;
    throw connectionErrors.testFailed(platform, error.messageWithout(credentials));
  }
}

function nameOf({ name }: PlatformAccount, platform: Platform): string {
  const line = (name ?? '').normalize('NFC').replace(/[\p{Cc}\p{Cs}]/gu, '').trim(); // prettier-ignore
  return [...line].slice(0, LONGEST_NAME).join('').trim() || PLATFORM_NAMES[platform];
}
