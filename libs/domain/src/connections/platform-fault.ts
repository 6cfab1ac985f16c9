/**
 * Why a platform did not answer as it should: it does not take the credentials, wants to be asked later, can not be
 * reached for now, refuses what is asked, or answers in a form that it does not document.
 */
export type PlatformFaultKind = 'credentials' | 'rate_limited' | 'unavailable' | 'refused' | 'malformed';

const LONGEST = 300;
const SECRET_NAME = /token|secret|key/i;
/** What is shorter is a word that any sentence may have. */
const SHORTEST_SECRET = 6;

/** A platform did not do what it was asked. The message is written for whoever made the connection. */
export class PlatformFault extends Error {
  constructor(
    readonly kind: PlatformFaultKind,
    /** All of what the platform said; the message is what fits on a line of it. */
    private readonly said: string,
    /** In how many seconds to ask again, as far as the platform says. */
    readonly retryAfter: number | null = null,
  ) {
    super(shortened(said));
    this.name = 'PlatformFault';
  }

  /** Whether the same may succeed later. */
  get isPassing(): boolean {
    return this.kind === 'rate_limited' || this.kind === 'unavailable';
  }

  /** What is told of it: a platform that repeats a secret of `credentials` does so in vain. */
  messageWithout(credentials: Readonly<Record<string, unknown>>): string {
    return shortened(secretsIn(credentials).reduce((said, secret) => said.replaceAll(secret, '…'), this.said));
  }
}

function shortened(message: string): string {
  const line = message.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** The longest first, so that none is left of which another is a part. */
function secretsIn(credentials: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(credentials)
    .flatMap(([name, value]): string[] => {
      if (typeof value === 'object' && value !== null) return secretsIn(value as Record<string, unknown>);
      return typeof value === 'string' && SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET ? [value] : [];
    })
    .sort((one, other) => other.length - one.length);
}
