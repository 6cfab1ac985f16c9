import type { Actor, ClientId, CountedList, FileId, FolderId, ListRequest, TreeFolderId } from '../kernel/index.js';
import type { FileContent } from '../files/index.js';

/** The folder in the firm's tree below which everything is the client's. To the Back Office it is no folder, but the top. */
export interface ClientRoot {
  readonly clientId: ClientId;
  readonly folderId: FolderId;
  /** Null to whom may not read the folder. */
  readonly name: string | null;
  readonly isArchived: boolean;
}

/** A file as the Back Office shows it. */
export interface ClientFile {
  readonly id: FileId;
  /** Its caption. */
  readonly name: string;
  /** The name under which it arrived. */
  readonly originalName: string;
  readonly createdAt: Date;
  /** Null: directly in the client's root folder. */
  readonly directoryId: FolderId | null;
  /** Its place among the files of its folder, from 1 without gaps. */
  readonly priority: number;
}

/** A folder as the Back Office shows it. */
export interface ClientFolder {
  readonly id: FolderId;
  readonly name: string;
  /** The folder that it stands in; null: the client's root folder. */
  readonly directoryId: FolderId | null;
  /** The folder of the default tree of which it is a copy; null for the client's own. */
  readonly treeFolderId: TreeFolderId | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** What part of a list, and in which order; rows that are alike in it are in the order of their ids. */
export type PartRequest<F extends string> = Omit<ListRequest<F>, 'filters'>;

export type FileSort = 'priority' | 'name' | 'id';
/** `path`: each folder before what stands in it, siblings by name. */
export type FolderSort = 'path' | 'name' | 'id';

export interface FilesRequest extends PartRequest<FileSort> {
  /** Only what stands directly in one of these; null: in the client's root folder. */
  readonly directoryIds?: readonly (FolderId | null)[];
}

/**
 * Reads of clients' active files and folders that decide nothing. A client whose entity is not permitted to `actor` is
 * not there, and neither is what they may not read (contract, section 2, "Data access").
 */
export abstract class ClientFileQueries {
  abstract findRoot(actor: Actor, clientId: ClientId): Promise<ClientRoot | null>;

  /** Null: there is no such client. `unknown`: those of `directoryIds` that are no active folders of the client. */
  abstract listFiles(
    actor: Actor,
    clientId: ClientId,
    request: FilesRequest,
  ): Promise<(CountedList<ClientFile> & { readonly unknown: readonly FolderId[] }) | null>;

  abstract findFile(actor: Actor, clientId: ClientId, id: FileId): Promise<ClientFile | null>;

  /** What a download of the file needs to know. */
  abstract findContent(actor: Actor, clientId: ClientId, id: FileId): Promise<FileContent | null>;

  /** All folders of the client but its root. Null: there is no such client. */
  abstract listFolders(
    actor: Actor,
    clientId: ClientId,
    request: PartRequest<FolderSort>,
  ): Promise<CountedList<ClientFolder> | null>;

  abstract findFolder(actor: Actor, clientId: ClientId, id: FolderId): Promise<ClientFolder | null>;
}
