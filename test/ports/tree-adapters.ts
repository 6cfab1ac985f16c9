import type {
  AssociatedId,
  AssociationKind,
  FileAssociations,
  FileRepository,
  StoredFile,
} from '@portico/domain/files';
import type { FolderTree } from '@portico/domain/folders';
import type { FirmId, UnitOfWork, UserId } from '@portico/domain/kernel';
import { aFile, aFolder, anActor, FileBench } from '@portico/testing';
import { Readable } from 'node:stream';
import { MikroOrmFileAssociations } from '../../src/files/mikro-orm-file-associations.js';
import { MikroOrmFileRepository } from '../../src/files/mikro-orm-file-repository.js';
import { MikroOrmFolderTree } from '../../src/folders/mikro-orm-folder-tree.js';
import { SqlDataAccess } from '../../src/identity/sql-data-access.js';
import type { Database } from '../../src/platform/database/database.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aGroup, anEntity, aUser, firmsWithUsers, link } from '../support/rows.js';

type Changes = Parameters<typeof aFile>[0];

/** The adapters of one kind over a firm of their own, and what is needed to fill them. */
export interface TreeAdapters {
  readonly files: FileRepository;
  readonly tree: FolderTree;
  readonly associations: FileAssociations;
  readonly unitOfWork: UnitOfWork;
  readonly firmId: FirmId;
  readonly otherFirm: FirmId;
  /** Has all data access. */
  readonly owner: UserId;
  /** Has not. */
  readonly restricted: UserId;
  /** Makes an entity or a group of the firm, permitted to `restricted` or not. */
  make(kind: AssociationKind, permitted?: boolean): Promise<AssociatedId>;
  file(changes?: Changes): Promise<StoredFile>;
  folder(changes?: Changes): Promise<StoredFile>;
}

export function inMemory(): Promise<TreeAdapters> {
  const bench = new FileBench();
  const [firmId, owner, restricted] = ['1' as FirmId, '11' as UserId, '12' as UserId];
  let made = 0;
  return Promise.resolve({
    ...adding(bench, { firmId, createdBy: owner }, () => bench.blob()),
    associations: bench.associations,
    tree: bench.tree,
    firmId,
    otherFirm: '2' as FirmId,
    owner,
    restricted,
    make: (kind, permitted = false) =>
      Promise.resolve(bench.associations.make(kind, String(++made), ...(permitted ? [restricted] : []))),
  });
}

export async function onPostgreSql(database: Database): Promise<TreeAdapters> {
  const { firmId, otherFirm, createdBy: owner } = await firmsWithUsers(database);
  const restricted = await aUser(database, firmId);
  const { blobs } = new FileBench();
  const files = new MikroOrmFileRepository(database, blobs);
  const unitOfWork = new MikroOrmUnitOfWork(database);
  return {
    ...adding({ files, unitOfWork }, { firmId, createdBy: owner }, () => blobs.put(Readable.from([Buffer.from('x')]))),
    associations: new MikroOrmFileAssociations(database, new SqlDataAccess(database)),
    tree: new MikroOrmFolderTree(database),
    firmId,
    otherFirm,
    owner,
    restricted,
    async make(kind, permitted = false) {
      const id = await (kind === 'entities' ? anEntity : aGroup)(database, firmId);
      const column = kind === 'entities' ? 'entity_id' : 'group_id';
      if (permitted) await link(database, `user_${kind}`, { firm_id: firmId, user_id: restricted, [column]: id });
      return id;
    },
  };
}

function adding(
  { files, unitOfWork }: Pick<TreeAdapters, 'files' | 'unitOfWork'>,
  defaults: Changes,
  blob: () => ReturnType<FileBench['blob']>,
): Pick<TreeAdapters, 'files' | 'unitOfWork' | 'file' | 'folder'> {
  return {
    files,
    unitOfWork,
    async file(changes) {
      const kept = await blob();
      const file = aFile({ ...defaults, blobKey: kept.key, ...changes });
      await unitOfWork.run(async () => {
        await files.addBlob(file.firmId, kept);
        await files.add(file);
      });
      return file;
    },
    async folder(changes) {
      const folder = aFolder({ ...defaults, ...changes });
      await unitOfWork.run(() => files.add(folder));
      return folder;
    },
  };
}

/** The users of the adapters as actors. */
export const actorsOf = ({ firmId, owner, restricted }: TreeAdapters) => ({
  owner: anActor({ firmId, userId: owner }),
  restricted: anActor({ firmId, userId: restricted, allDataAccess: false, permissions: ['files_edit'] }),
});
