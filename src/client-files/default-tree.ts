import {
  type AddTreeFolder,
  clientFileErrors,
  type DeleteTreeFolder,
  type FolderSort,
  type PartRequest,
  type RenameTreeFolder,
  type TreeFolderItem,
  type TreeFolderQueries,
} from '@portico/domain/client-files';
import { type Actor, DomainError, type TreeFolderId, type CountedList } from '@portico/domain/kernel';

/** What the routes of the default tree show and change. */
export class DefaultTree {
  constructor(
    private readonly queries: TreeFolderQueries,
    private readonly addFolder: AddTreeFolder,
    private readonly renameFolder: RenameTreeFolder,
    private readonly deleteFolder: DeleteTreeFolder,
  ) {}

  list({ firmId }: Actor, request: PartRequest<FolderSort>): Promise<CountedList<TreeFolderItem>> {
    return this.queries.list(firmId, request);
  }

  /** @throws DomainError `tree_folder_not_found` */
  async get({ firmId }: Actor, id: TreeFolderId): Promise<TreeFolderItem> {
    const folder = await this.queries.find(firmId, id);
    if (!folder) throw clientFileErrors.treeFolderNotFound(id);
    return folder;
  }

  /** @throws DomainError `invalid_name`, `tree_too_deep`, `all_data_needed`, `tree_folder_not_found` */
  async add(actor: Actor, name: string, parentId: TreeFolderId | null): Promise<TreeFolderItem> {
    return this.get(actor, await inName(() => this.addFolder.execute(actor, { name, parentId })));
  }

  /** @throws DomainError `invalid_name`, `all_data_needed`, `tree_folder_not_found` */
  async rename(actor: Actor, id: TreeFolderId, name: string): Promise<TreeFolderItem> {
    await inName(() => this.renameFolder.execute(actor, { id, name }));
    return this.get(actor, id);
  }

  /** @throws DomainError `all_data_needed`, `tree_folder_not_found` */
  remove(actor: Actor, id: TreeFolderId): Promise<void> {
    return this.deleteFolder.execute(actor, { id });
  }
}

async function inName<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError && error.code === 'invalid_name' ? error.at({ pointer: '/name' }) : error;
  }
}
