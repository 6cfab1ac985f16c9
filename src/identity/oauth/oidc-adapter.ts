import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { SecretKey } from '../../platform/config/secret-key.js';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

interface PayloadRow {
  payload: AdapterPayload;
  consumed_at: Date | null;
}

const FIND = statement(`select payload, consumed_at from oidc_payloads
  where kind = $1 and id = $2 and (expires_at is null or expires_at > now())`);
const UPSERT = statement(
  `insert into oidc_payloads (kind, id, payload, grant_id, expires_at)
   values ($1, $2, $3, $4, now() + make_interval(secs => $5))
   on conflict (kind, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
     expires_at = excluded.expires_at`,
);
const CONSUME = statement(`
  with used as (
    update oidc_payloads set consumed_at = now() where kind = $1 and id = $2 and consumed_at is null returning 1)
  select grant_id as "grantId", exists (select from used) as "isFirst" from oidc_payloads where kind = $1 and id = $2`);
const DESTROY = statement('delete from oidc_payloads where kind = $1 and id = $2');
const REVOKE = statement('delete from oidc_payloads where grant_id = $1');

/** What a model of the authorization server is asked for beyond what ours do: nothing is found. */
export abstract class PartialAdapter implements Adapter {
  abstract find(id: string): Promise<AdapterPayload | undefined>;

  upsert(_id: string, _payload: AdapterPayload, _expiresIn?: number): Promise<void> {
    return Promise.resolve();
  }

  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  consume(_id: string): Promise<void> {
    return Promise.resolve();
  }

  destroy(_id: string): Promise<void> {
    return Promise.resolve();
  }

  revokeByGrantId(_grantId: string): Promise<void> {
    return Promise.resolve();
  }
}

/** A sign-in serves one authorization: the browser has no session of which another could be made. */
export class ForgetfulAdapter extends PartialAdapter {
  find(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

/**
 * What the authorization server remembers, in the database: codes, refresh tokens, and sign-ins under way. Their ids are
 * secrets, so they are kept under their keyed hash, and in no payload.
 */
export class OidcAdapter extends PartialAdapter {
  constructor(
    private readonly kind: string,
    private readonly database: Database,
    private readonly secretKey: SecretKey,
    private readonly endGrant: (grantId: string) => Promise<void>,
  ) {
    super();
  }

  override async upsert(id: string, { jti: _secret, ...payload }: AdapterPayload, expiresIn?: number): Promise<void> {
    const { grantId } = payload;
    await this.database.query(UPSERT, [this.kind, this.kept(id), payload, grantId ?? null, expiresIn ?? null]);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.database.query<PayloadRow>(FIND, [this.kind, this.kept(id)]);
    if (!row) return undefined;
    const { payload, consumed_at } = row;
    return { ...payload, jti: id, ...(consumed_at && { consumed: Math.floor(consumed_at.getTime() / 1000) }) };
  }

  /** Of several at once one is the first; for the others it was used before, and the grant ends. */
  override async consume(id: string): Promise<void> {
    const [row] = await this.database.query<{ grantId: string | null; isFirst: boolean }>(CONSUME, [
      this.kind,
      this.kept(id),
    ]);
    if (row?.isFirst) return;
    if (row?.grantId) await this.endGrant(row.grantId);
    throw new errors.InvalidGrant('already used');
  }

  override async destroy(id: string): Promise<void> {
    await this.database.query(DESTROY, [this.kind, this.kept(id)]);
  }

  override async revokeByGrantId(grantId: string): Promise<void> {
    await this.database.query(REVOKE, [grantId]);
  }

  private kept(id: string): string {
    return this.secretKey.hash(id).toString('hex');
  }
}
