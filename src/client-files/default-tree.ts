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
import type { Actor, CountedList, TreeFolderId } from '@portico/domain/kernel';
import { named } from '../platform/http/back-office-body.js';

const NAMES = { codes: { invalid_name: 'name' } } as const;

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
    return this.get(actor, await named(() => this.addFolder.execute(actor, { name, parentId }), NAMES));
  }

  /** @throws DomainError `invalid_name`, `all_data_needed`, `tree_folder_not_found` */
  async rename(actor: Actor, id: TreeFolderId, name: string): Promise<TreeFolderItem> {
    await named(() => this.renameFolder.execute(actor, { id, name }), NAMES);
    return this.get(actor, id);
  }

  /** @throws DomainError `all_data_needed`, `tree_folder_not_found` */
  remove(actor: Actor, id: TreeFolderId): Promise<void> {
    return this.deleteFolder.execute(actor, { id });
  }
}
