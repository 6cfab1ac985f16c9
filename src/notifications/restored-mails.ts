import type { ClientBase } from 'pg';
import type { DeliveryId, FirmId } from '@portico/domain/kernel';
import { JobQueue } from '../platform/jobs/job-queue.js';
import { QueuedMailJobs } from './mail-jobs.js';

const BATCH = 1000;
const QUEUED = `
  select id::text, firm_id::text as "firmId", (extract(epoch from next_attempt_at) * 1000)::text as "nextAttemptAt"
  from deliveries
  where state = 'queued' and id > $1 order by id limit ${BATCH}`;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000' as DeliveryId;

const HELD = 'held when the backup was restored: it may have been sent after the backup was made';
const HOLD = `
  update deliveries set state = 'failed', answer = $2, settled_at = $1, next_attempt_at = null, version = version + 1
  where state = 'queued'`;
const DROP = `update notifications set mail = 'dropped' where mail = 'waiting'`;
const FORGET = 'delete from notification_bursts';

interface QueuedMail {
  readonly id: DeliveryId;
  readonly firmId: FirmId;
  /** Milliseconds since 1970: the types of a connection depend on whose it is. */
  readonly nextAttemptAt: string | null;
}

/**
 * What becomes of the mails that waited when a backup was made, in the transaction that restores it. The rows are the
 * truth (decision 19); the jobs are not part of a backup.
 */
export class RestoredMails {
  constructor(private readonly client: ClientBase) {}

  /** Makes the jobs of all mails that are queued: they go out as they would have. Answers how many there are. */
  async queue(): Promise<number> {
    const jobs = new QueuedMailJobs(new JobQueue(this.client));
    let [queued, last] = [0, BEFORE_ALL];
    for (;;) {
      const { rows } = await this.client.query<QueuedMail>(QUEUED, [last]);
      await jobs.add(
        rows.map(({ nextAttemptAt: at, ...mail }) => ({ ...mail, nextAttemptAt: at === null ? null : new Date(+at) })),
      );
      queued += rows.length;
      last = rows.at(-1)?.id ?? last;
      if (rows.length < BATCH) return queued;
    }
  }

  /**
   * Sends none of them: they are given up, so that the operator sees them and may send them again. What waited to become
   * a mail stays in the inboxes and becomes none. Answers how many mails are held.
   */
  async hold(now: Date): Promise<number> {
    const held = await this.client.query(HOLD, [now, HELD]);
    await this.client.query(DROP);
    await this.client.query(FORGET);
    return held.rowCount ?? 0;
  }
}
