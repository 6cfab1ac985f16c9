import type { FilesRequest, FileSort, FolderSort, PartRequest } from '@portico/domain/client-files';
import { DomainError, type FolderId } from '@portico/domain/kernel';
import { type ListField, type ListRequest, parseList } from '../platform/http/back-office-list.js';

type Query = Readonly<Record<string, unknown>>;

const FILES = { priority: 'integer', name: 'text', id: 'id', directoryId: 'id' } as const;
const FOLDERS = { path: 'text', name: 'text', id: 'id' } as const;

/** By what the files of a client are sorted, the default first. */
export const FILE_SORTS: readonly FileSort[] = ['priority', 'name', 'id'];
/** By what folders are sorted, the default first. */
export const FOLDER_SORTS: readonly FolderSort[] = ['path', 'name', 'id'];

/** The files that `query` asks for. @throws DomainError `unknown_member`, `invalid_value` naming the parameter */
export function filesRequest(query: Query): FilesRequest {
  const plan = { fields: FILES, defaultSort: 'priority', unsorted: ['directoryId'] } as const;
  const { limit, offset, sort, filters } = listOf<keyof typeof FILES>(query, plan, ['directoryId']);
  const directoryIds = filters.get('directoryId') as readonly (FolderId | null)[] | undefined;
  return { limit, offset, sort: { ...sort, field: sort.field as FileSort }, directoryIds };
}

/** The folders that `query` asks for. @throws as `filesRequest` */
export function foldersRequest(query: Query): PartRequest<FolderSort> {
  return listOf<FolderSort>(query, { fields: FOLDERS, defaultSort: 'path' }, []);
}

function listOf<F extends string>(
  query: Query,
  plan: { fields: Readonly<Record<F, ListField>>; defaultSort: F; unsorted?: readonly F[] },
  filtered: readonly F[],
): ListRequest<F> {
  const request = parseList(query, plan);
  const other = [...request.filters.keys()].find((field) => !filtered.includes(field));
  if (other === undefined) return request;
  const parameter = `filter[${other}]`;
  throw new DomainError(
    'invalid',
    'unknown_member',
    `"${parameter}" is unknown here`,
    { parameter },
    { kind: 'unknown' },
  );
}
