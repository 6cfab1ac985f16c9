import type { ClientFile, ClientFolder, TreeFolderItem } from '@portico/domain/client-files';
import type { ClientId } from '@portico/domain/kernel';
import { instant } from '../platform/http/json-api.js';
import type {
  ChangedClientFileDto,
  ClientFileDto,
  ClientFileItem,
  ClientFolderDto,
  ClientFolderItem,
  TreeFolderDto,
} from './client-file.dto.js';

const LETTERS = 26n;

/** A file in a list. */
export function fileItem(file: ClientFile): ClientFileItem {
  const { id, name, directoryId, priority } = file;
  return { id: Number(id), name, file: keptAt(file), directoryId: numberOf(directoryId), priority };
}

/** A file read by itself. */
export function fileDto(clientId: ClientId, file: ClientFile): ClientFileDto {
  return { ...fileItem(file), clientId: Number(clientId) };
}

/** A file as the answer to what changed it (seed 003, "Upload a client file"). */
export function changedFileDto(clientId: ClientId, file: ClientFile): ChangedClientFileDto {
  const { id, name, directoryId } = file;
  return {
    id: Number(id),
    name,
    clientId: Number(clientId),
    directoryId: numberOf(directoryId),
    file: keptAt(file),
  };
}

/** A folder as the answer to what made or renamed it (seed 003, "Create a new client folder"). */
export function folderDto(clientId: ClientId, folder: ClientFolder): ClientFolderDto {
  const { id, name, directoryId, treeFolderId } = folder;
  return {
    id: Number(id),
    name,
    clientId: Number(clientId),
    directoryId: numberOf(directoryId),
    treeFolderId: numberOf(treeFolderId),
  };
}

/** A folder in a list. */
export function folderItem(clientId: ClientId, folder: ClientFolder): ClientFolderItem {
  return { ...folderDto(clientId, folder), ...timesOf(folder) };
}

/** A folder of the default tree. */
export function treeFolderDto(folder: TreeFolderItem): TreeFolderDto {
  const { id, name, parentId } = folder;
  return { id: Number(id), name, directoryId: numberOf(parentId), ...timesOf(folder) };
}

/** `<letter>/<unix seconds>_<original name>` (contract, section 6). The letter is that of the id, counted round. */
function keptAt({ id, createdAt, originalName }: ClientFile): string {
  const letter = String.fromCharCode('a'.charCodeAt(0) + Number(BigInt(id) % LETTERS));
  return `${letter}/${Math.floor(createdAt.getTime() / 1000)}_${originalName}`;
}

function timesOf({ createdAt, modifiedAt }: { createdAt: Date; modifiedAt: Date }) {
  return { createdAt: instant(createdAt), updatedAt: instant(modifiedAt) };
}

const numberOf = (id: string | null): number | null => (id === null ? null : Number(id));
