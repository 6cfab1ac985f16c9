import type { NewFile } from '@portico/domain/files';
import type { BlobKey, FileId, FirmId, PartialBlob, PartialParts, UploadId, UserId } from '@portico/domain/kernel';
import { Upload, type UploadLabels, type UploadOwner, Uploads, type UploadStep } from '@portico/domain/uploads';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';

const OF_OWNER = 'firm_id = ? and user_id = ? and id = ?';
/** As texts: one form, whichever way a row is read. */
const COLUMNS = `id::text, firm_id::text, user_id::text, bytes::text, asked::text, labels::text, blob_key::text, received::text,
    encode(hash, 'base64') as hash, parts::text, encode(tail, 'base64') as tail,
    (extract(epoch from created_at) * 1000)::bigint::text as created, file_id::text,
    (extract(epoch from expires_at) * 1000)::bigint::text as expires, turn`;
const FIND = statement(`select ${COLUMNS} from uploads where firm_id = $1 and user_id = $2 and id = $3`);
const HOLD = `select ${COLUMNS} from uploads where ${OF_OWNER} for update`;
const TAKE_TURN = `update uploads set turn = turn + 1 where ${OF_OWNER} returning ${COLUMNS}`;
const ADD = `insert into uploads (id, firm_id, user_id, bytes, asked, labels, blob_key, created_at, expires_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ADVANCE = `update uploads set received = ?, hash = ?, parts = ?, tail = ?, expires_at = ?
  where ${OF_OWNER} and turn = ? and file_id is null and not is_dropped`;
const FINISH = `update uploads set file_id = ?, expires_at = ?, tail = null where ${OF_OWNER}`;
const REMOVE = `delete from uploads where ${OF_OWNER}`;
const TAKE_EXPIRED = `
  update uploads set is_dropped = true, tail = null where id in (
    select id from uploads where expires_at <= ? and file_id is null and not is_dropped
    order by expires_at limit ? for update skip locked)
  returning blob_key::text, parts::text`;
const FORGET = 'delete from uploads where expires_at < ? and (is_dropped or file_id is not null)';

interface Row {
  readonly id: UploadId;
  readonly firm_id: FirmId;
  readonly user_id: UserId;
  readonly bytes: string;
  readonly asked: string;
  readonly labels: string;
  readonly blob_key: BlobKey;
  readonly received: string;
  readonly hash: string | null;
  readonly parts: string | null;
  readonly tail: string | null;
  readonly created: string;
  readonly expires: string;
  readonly file_id: FileId | null;
  readonly turn: number;
}

export class MikroOrmUploads extends Uploads {
  constructor(private readonly database: Database) {
    super();
  }

  async add({ id, firmId, userId, bytes, asked, labels, partial, createdAt, expiresAt }: Upload): Promise<void> {
    const texts = [JSON.stringify(asked), JSON.stringify(labels)];
    await this.run(ADD, [id, firmId, userId, bytes, ...texts, partial.key, createdAt, expiresAt]);
  }

  async find({ firmId, userId }: UploadOwner, id: UploadId): Promise<Upload | null> {
    const [row] = await this.database.query<Row>(FIND, [firmId, userId, id]);
    return row ? uploadOf(row) : null;
  }

  async hold({ firmId, userId }: UploadOwner, id: UploadId): Promise<Upload | null> {
    const [row]: Row[] = await this.database.em.execute(HOLD, [firmId, userId, id]);
    return row ? uploadOf(row) : null;
  }

  async takeTurn({ firmId, userId }: UploadOwner, id: UploadId): Promise<{ upload: Upload; turn: number } | null> {
    const [row]: Row[] = await this.database.em.execute(TAKE_TURN, [firmId, userId, id]);
    return row ? { upload: uploadOf(row), turn: row.turn } : null;
  }

  async advance({ firmId, userId }: UploadOwner, id: UploadId, { turn, to, expiresAt }: UploadStep): Promise<boolean> {
    const { bytes, hash, parts, tail } = to;
    const state = [bytes, buffer(hash), parts && JSON.stringify(parts), buffer(tail), expiresAt];
    return (await this.run(ADVANCE, [...state, firmId, userId, id, turn])) > 0;
  }

  async finish(
    { firmId, userId }: UploadOwner,
    id: UploadId,
    { fileId, expiresAt }: { fileId: FileId; expiresAt: Date },
  ): Promise<void> {
    await this.run(FINISH, [fileId, expiresAt, firmId, userId, id]);
  }

  async remove({ firmId, userId }: UploadOwner, id: UploadId): Promise<void> {
    await this.run(REMOVE, [firmId, userId, id]);
  }

  async takeExpired(now: Date, most: number): Promise<readonly Pick<PartialBlob, 'key' | 'parts'>[]> {
    const rows: Pick<Row, 'blob_key' | 'parts'>[] = await this.database.em.execute(TAKE_EXPIRED, [now, most]);
    return rows.map(({ blob_key: key, parts }) => ({ key, parts: partsOf(parts) }));
  }

  async forget(instant: Date): Promise<void> {
    await this.run(FORGET, [instant]);
  }

  private async run(text: string, values: unknown[]): Promise<number> {
    return (await this.database.em.execute<{ affectedRows: number }>(text, values, 'run')).affectedRows;
  }
}

function uploadOf(row: Row): Upload {
  const { id, firm_id: firmId, user_id: userId, file_id: fileId } = row;
  return new Upload({
    ...{ id, firmId, userId, fileId, bytes: Number(row.bytes) },
    asked: JSON.parse(row.asked) as NewFile,
    labels: JSON.parse(row.labels) as UploadLabels,
    partial: {
      ...{ key: row.blob_key, bytes: Number(row.received), hash: bytesOf(row.hash), tail: bytesOf(row.tail) },
      parts: partsOf(row.parts),
    },
    createdAt: new Date(Number(row.created)),
    expiresAt: new Date(Number(row.expires)),
  });
}

const partsOf = (text: string | null): PartialParts | null =>
  text === null ? null : (JSON.parse(text) as PartialParts);
const bytesOf = (text: string | null): Uint8Array | null => (text === null ? null : Buffer.from(text, 'base64'));
const buffer = (bytes: Uint8Array | null): Buffer | null => (bytes === null ? null : Buffer.from(bytes));
