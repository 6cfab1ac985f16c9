import {
  type ClientFile,
  ClientFileQueries,
  type ClientFolder,
  type ClientRoot,
  type FilesRequest,
  type FolderSort,
  type PartRequest,
} from '@portico/domain/client-files';
import type { FileContent } from '@portico/domain/files';
import type { Actor, BlobKey, ClientId, FileId, FolderId, CountedList } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { prepared } from '../platform/database/prepared.js';
import { captionOf, CLIENT_VALUES, clientOf, directoryOf, mayRead, pathStep } from './client-file.sql.js';
import { type Listed, orderOf, partOf } from './list.sql.js';

const FILE = `f.id, ${captionOf('f')} as name, f.original_name as "originalName", f.created_at as "createdAt",
  ${directoryOf('f')} as "directoryId"`;
const FOLDER = `f.id, f.name, ${directoryOf('f')} as "directoryId", f.tree_folder_id as "treeFolderId",
  f.created_at as "createdAt", f.modified_at as "modifiedAt"`;

/** The active folders of the client, its root among them. */
const FOLDERS = `folder as materialized (
  select d.id, d.firm_id from root r join folder_paths t on t.firm_id = r.firm_id and t.ancestor_id = r.id
    join files d on d.firm_id = t.firm_id and d.id = t.folder_id where d.deleted_at is null)`;

/** The one file \`$4\` of the client, if it is active and in an active folder. */
const oneFile = (actor: Actor, columns: string, joined = '') => `with ${clientOf(actor)}
  select ${columns} from root r join files f on f.firm_id = r.firm_id and f.id = $4
    join files d on d.firm_id = f.firm_id and d.id = f.parent_id ${joined}
  where not f.is_folder and f.deleted_at is null and d.deleted_at is null
    and exists (select from folder_paths t where t.folder_id = d.id and t.ancestor_id = r.id)
    and ${mayRead('f', actor)}`;

/** How many of the files beside \`f\` stand before it, and one more: \`place\` is null behind all that have one. */
const PRIORITY = `(select count(*) from files o
  where o.firm_id = f.firm_id and o.parent_id = f.parent_id and not o.is_folder and o.deleted_at is null
    and (coalesce(o.position, 2147483647), o.id) <= (coalesce(f.position, 2147483647), f.id))`;

type FileRow = Omit<ClientFile, 'priority'> & { readonly priority: string };
const fileOf = (row: FileRow): ClientFile => ({ ...row, priority: Number(row.priority) });

/** Reads what is below a client's root folder, with one statement for each question. */
export class SqlClientFileQueries extends ClientFileQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async findRoot(actor: Actor, clientId: ClientId): Promise<ClientRoot | null> {
    const [row] = await this.rows<{ folderId: FolderId; name: string; isArchived: boolean; isOpen: boolean }>(
      `with ${clientOf(actor)} select id as "folderId", name, is_archived as "isArchived", is_open as "isOpen" from root`,
      CLIENT_VALUES(actor, clientId),
    );
    if (!row) return null;
    const { isOpen, name, ...root } = row;
    return { clientId, ...root, name: isOpen ? name : null };
  }

  async listFiles(
    actor: Actor,
    clientId: ClientId,
    { limit, offset, sort, directoryIds }: FilesRequest,
  ): Promise<(CountedList<ClientFile> & { unknown: FolderId[] }) | null> {
    const order = orderOf(sort, { priority: 'priority', name: 'name', id: 'id' });
    const asked = `(select coalesce(given.id, r.id) as id, given.id as given
      from root r, unnest($6::bigint[]) as given (id)) asked`;
    const rows = await this.rows<Listed<FileRow & { unknown: FolderId[] | null }>>(
      `with ${clientOf(actor)}, ${FOLDERS},
       file as materialized (
         select f.*, row_number() over (partition by f.parent_id order by f.position nulls last, f.id) as priority
         from folder d join files f on f.firm_id = d.firm_id and f.parent_id = d.id
         where not f.is_folder and f.deleted_at is null
           and ($6::bigint[] is null or d.id in (select id from ${asked}))),
       shown as materialized (select ${FILE}, f.priority from file f where ${mayRead('f', actor)})
       select page.*, (select count(*) from shown) as total,
         (select array_agg(distinct asked.given::text) from ${asked}
          where asked.given is not null
            and (asked.given = (select id from root) or asked.given not in (select id from folder))) as unknown
       from client left join (select * from shown ${order} limit $4 offset $5) page on true ${order}`,
      [...CLIENT_VALUES(actor, clientId), limit, offset, directoryIds ?? null],
    );
    if (!rows[0]) return null;
    return { ...partOf(rows, ({ unknown: _, ...row }) => fileOf(row)), unknown: rows[0].unknown ?? [] };
  }

  async findFile(actor: Actor, clientId: ClientId, id: FileId): Promise<ClientFile | null> {
    const [row] = await this.rows<FileRow>(oneFile(actor, `${FILE}, ${PRIORITY} as priority`), [
      ...CLIENT_VALUES(actor, clientId),
      id,
    ]);
    return row ? fileOf(row) : null;
  }

  async findContent(actor: Actor, clientId: ClientId, id: FileId): Promise<FileContent | null> {
    const columns = `f.name, f.blob_key as "blobKey", b.bytes, encode(b.sha256, 'hex') as sha256`;
    const [row] = await this.rows<{ name: string; blobKey: BlobKey; bytes: string; sha256: string }>(
      oneFile(actor, columns, 'join blobs b on b.firm_id = f.firm_id and b.key = f.blob_key'),
      [...CLIENT_VALUES(actor, clientId), id],
    );
    return row ? { ...row, bytes: Number(row.bytes) } : null;
  }

  async listFolders(
    actor: Actor,
    clientId: ClientId,
    { limit, offset, sort }: PartRequest<FolderSort>,
  ): Promise<CountedList<ClientFolder> | null> {
    const order = orderOf(sort, { path: 'path', name: 'name', id: 'id' });
    const rows = await this.rows<Listed<ClientFolder & { path: unknown }>>(
      `with ${clientOf(actor)}, ${FOLDERS},
       shown as materialized (
         select ${FOLDER}, (
             select array_agg(${pathStep('above')} order by p.distance desc)
             from folder_paths p join files above on above.id = p.ancestor_id where p.folder_id = f.id) as path
         from folder d join files f on f.firm_id = d.firm_id and f.id = d.id
         where f.id <> (select id from root) and ${mayRead('f', actor)})
       select page.*, (select count(*) from shown) as total
       from client left join (select * from shown ${order} limit $4 offset $5) page on true ${order}`,
      [...CLIENT_VALUES(actor, clientId), limit, offset],
    );
    return rows[0] ? partOf(rows, ({ path: _, ...row }) => row) : null;
  }

  async findFolder(actor: Actor, clientId: ClientId, id: FolderId): Promise<ClientFolder | null> {
    const [row] = await this.rows<ClientFolder>(
      `with ${clientOf(actor)}
       select ${FOLDER} from root r join folder_paths t on t.firm_id = r.firm_id and t.ancestor_id = r.id
         join files f on f.firm_id = t.firm_id and f.id = t.folder_id
       where f.id = $4 and f.id <> r.id and f.deleted_at is null and ${mayRead('f', actor)}`,
      [...CLIENT_VALUES(actor, clientId), id],
    );
    return row ?? null;
  }

  private rows<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
    return this.database.query<T>(prepared(text), values);
  }
}
