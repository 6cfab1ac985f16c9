import type { Clock, FirmId, Random, Sealer } from '@portico/domain/kernel';
import type { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { idempotencyErrors } from './idempotency.errors.js';

const DAY_MS = 24 * 3600 * 1000;
/** A server that is killed has its calls taken over after that. */
const LEASE_MS = 60_000;

const WHERE = 'firm_id = $1 and credential = $2 and key = $3';
const TAKE = statement(`
  insert into idempotency_keys as k (firm_id, credential, key, call_id, state, leased_until, created_at)
  values ($1, $2, $3, $4, 'running', $6, $5)
  on conflict (firm_id, credential, key) do update
    set call_id = $4, state = 'running', leased_until = $6, created_at = $5, request_hash = null, answer = null
    where k.created_at < $7 or (k.state = 'running' and k.leased_until < $5)
  returning call_id`);
const FIND = statement(`select state, leased_until, request_hash, answer from idempotency_keys where ${WHERE}`);
const RENEW = statement(`update idempotency_keys set leased_until = $5 where ${WHERE} and call_id = $4`);
const FINISH = statement(`
  update idempotency_keys set state = 'done', request_hash = $5, answer = $6 where ${WHERE} and call_id = $4`);
const RELEASE = statement(`delete from idempotency_keys where ${WHERE} and call_id = $4 and state = 'running'`);
const FORGET = statement('delete from idempotency_keys where created_at < $1');
const COMMIT = `update idempotency_keys set state = 'committed'
  where firm_id = ? and credential = ? and key = ? and call_id = ? and state in ('running', 'committed')`;

/** Whose key it is: two callers may choose the same. */
export interface KeyOwner {
  readonly firmId: FirmId;
  readonly credential: string;
  readonly key: string;
}

/** What was answered. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64. */
  readonly body: string;
}

interface Row {
  readonly state: 'running' | 'committed' | 'done';
  readonly leased_until: Date;
  readonly request_hash: Buffer | null;
  readonly answer: Buffer | null;
}

/** A key that a call has taken. */
export interface TakenKey {
  /** How often the lease must be renewed, in milliseconds. */
  readonly renewEvery: number;
  renew(): Promise<void>;
  /** @throws DomainError `idempotency_key_in_use` when another call has taken the key over */
  commit(em: Database['em']): Promise<void>;
  finish(requestHash: Buffer, answer: KeptAnswer): Promise<void>;
  /** Nothing was changed: the key may be used again. */
  release(): Promise<void>;
}

/** The keys of the last 24 hours (contract, section 8). Answers are sealed: they hold what the database does not show. */
export class IdempotencyKeys {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Takes the key, or answers what was answered under it to the request with that hash.
   * @throws DomainError `idempotency_key_reused`, `idempotency_key_in_use`, `idempotency_answer_lost`
   */
  async take(owner: KeyOwner, hashOfRequest: () => Promise<Buffer>): Promise<TakenKey | KeptAnswer> {
    const own = [owner.firmId, owner.credential, owner.key];
    const callId = this.random.uuid();
    const now = this.clock.now();
    const dayAgo = new Date(now.getTime() - DAY_MS);
    const taken = await this.database.query(TAKE, [...own, callId, now, leaseFrom(now), dayAgo]);
    if (taken.length > 0) return this.taken(owner, callId);
    const [row] = await this.database.query<Row>(FIND, own);
    if (row?.state === 'done' && row.answer && row.request_hash) {
      if (!row.request_hash.equals(await hashOfRequest())) throw idempotencyErrors.reused();
      return JSON.parse(this.sealer.open(contextOf(owner), row.answer)) as KeptAnswer;
    }
    throw row?.state === 'committed' && row.leased_until < now
      ? idempotencyErrors.answerLost()
      : idempotencyErrors.running();
  }

  /** Removes what is older than a day. */
  async forget(): Promise<void> {
    await this.database.query(FORGET, [new Date(this.clock.now().getTime() - DAY_MS)]);
  }

  private taken(owner: KeyOwner, callId: string): TakenKey {
    const own = [owner.firmId, owner.credential, owner.key, callId];
    const run = async (text: typeof RENEW, values: readonly unknown[]): Promise<void> => {
      await this.database.query(text, values);
    };
    return {
      renewEvery: LEASE_MS / 3,
      renew: () => run(RENEW, [...own, leaseFrom(this.clock.now())]),
      commit: async (em) => {
        const { affectedRows } = await em.execute<{ affectedRows: number }>(COMMIT, own, 'run');
        if (affectedRows === 0) throw idempotencyErrors.running(); // this call was taken for dead, and another runs
      },
      finish: (hash, answer) =>
        run(FINISH, [...own, hash, Buffer.from(this.sealer.seal(contextOf(owner), JSON.stringify(answer)))]),
      release: () => run(RELEASE, own),
    };
  }
}

const leaseFrom = (now: Date): Date => new Date(now.getTime() + LEASE_MS);
const contextOf = ({ firmId, credential, key }: KeyOwner): string => `answer ${firmId} ${credential} ${key}`;
