import {
  CredentialRepository,
  FirmRepository,
  identityErrors,
  type NewApiKey,
  type NewOAuthClient,
  type NewPortalToken,
  PasswordHasher,
  type PortalTokenListItem,
  SecretHasher,
} from '@portico/domain/identity';
import type { FirmId } from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

export class InMemoryFirmRepository extends FirmRepository implements Reversible {
  readonly names = new Map<FirmId, string>();

  add(firm: { id: FirmId | null; name: string }): Promise<FirmId> {
    const id = firm.id ?? (String(Math.max(0, ...[...this.names.keys()].map(Number)) + 1) as FirmId);
    if (this.names.has(id)) return Promise.reject(identityErrors.firmIdTaken(id));
    this.names.set(id, firm.name);
    return Promise.resolve(id);
  }

  exists(id: FirmId): Promise<boolean> {
    return Promise.resolve(this.names.has(id));
  }

  isAny(): Promise<boolean> {
    return Promise.resolve(this.names.size > 0);
  }

  snapshot(): () => void {
    const before = new Set(this.names.keys());
    return () => [...this.names.keys()].filter((id) => !before.has(id)).forEach((id) => this.names.delete(id));
  }
}

interface Kept {
  readonly kind: 'api_key' | 'portal_token' | 'oauth_client';
  readonly id: string;
  readonly record: NewApiKey | NewPortalToken | NewOAuthClient;
  revokedAt: Date | null;
}

export class InMemoryCredentialRepository extends CredentialRepository implements Reversible {
  readonly kept: Kept[] = [];

  addApiKey(record: NewApiKey): Promise<void> {
    if (this.kept.some(({ id }) => id === record.key)) return Promise.reject(identityErrors.keyTaken(record.key));
    return this.keep('api_key', record.key, record);
  }

  addPortalToken(record: NewPortalToken): Promise<void> {
    return this.keep('portal_token', record.id, record);
  }

  addOAuthClient(record: NewOAuthClient): Promise<void> {
    return this.keep('oauth_client', record.clientId, record);
  }

  revoke(kind: Kept['kind'], id: string, now: Date): Promise<FirmId | null> {
    const found = this.kept.find((one) => one.kind === kind && one.id === id && !one.revokedAt);
    if (!found) return Promise.resolve(null);
    found.revokedAt = now;
    return Promise.resolve(found.record.firmId);
  }

  listPortalTokens(firmId: FirmId | null): Promise<readonly PortalTokenListItem[]> {
    const tokens = this.kept.filter(
      ({ kind, record }) => kind === 'portal_token' && (firmId ?? record.firmId) === record.firmId,
    );
    return Promise.resolve(
      tokens.map(({ id, record, revokedAt }) => ({
        id,
        firmId: record.firmId,
        name: (record as NewPortalToken).name,
        createdAt: record.createdAt,
        revokedAt,
      })),
    );
  }

  snapshot(): () => void {
    const states = this.kept.map((one) => ({ ...one }));
    return () => this.kept.splice(0, Infinity, ...states);
  }

  private keep(kind: Kept['kind'], id: string, record: Kept['record']): Promise<void> {
    this.kept.push({ kind, id, record, revokedAt: null });
    return Promise.resolve();
  }
}

/** Hashes that a test can read. */
export class PlainPasswordHasher extends PasswordHasher {
  hash(password: string): Promise<string> {
    return Promise.resolve(`hash of ${password}`);
  }

  verify(password: string, hash: string | null): Promise<boolean> {
    return Promise.resolve(hash === `hash of ${password}`);
  }
}

export class PlainSecretHasher extends SecretHasher {
  hash(secret: string): string {
    return Buffer.from(secret.padStart(32).slice(-32)).toString('hex');
  }
}
