import { fileName, type NewFile } from '@portico/domain/files';
import { DomainError, type ErrorSource } from '@portico/domain/kernel';
import { requireSameResource } from '../platform/http/json-api.js';
import { type BodyPlaces, located } from '../platform/http/located.js';
import { checkedBody } from '../platform/http/request.pipe.js';
import { contentTypeOf } from './content-type.js';
import { placesIn } from './fault-places.js';
import { folderOf, idsIn, type UploadData, UploadMetadata } from './file-body.dto.js';

/** What a file shall be, as a request says it, and where it says so. */
export interface AskedFile {
  readonly input: NewFile;
  readonly places: BodyPlaces;
  /** Where the name stands under which it arrives. */
  readonly nameAt: ErrorSource;
}

/** What a request says of a file, apart from its bytes. */
export interface Arrival {
  readonly originalName: string;
  /** The type that the caller gives it. */
  readonly type: string;
  /** The document that goes with it (contract, section 4, "Upload"), parsed. */
  readonly metadata?: unknown;
  readonly nameAt: ErrorSource;
}

const ABOUT_NAMES = new Set(['invalid_name', 'extension_mismatch']);

/** @throws DomainError for every fault of the document, `invalid_name` for the name */
export async function askedFile({ originalName, type, metadata, nameAt }: Arrival): Promise<AskedFile> {
  const { data } = metadata === undefined ? {} : checkedBody(UploadMetadata, metadata);
  const asked = data ? askedIn(data) : {};
  await named(() => fileName(originalName), nameAt);
  const input = { ...asked, originalName, contentType: contentTypeOf(originalName, type) };
  return { input, places: placesIn(data?.relationships), nameAt };
}

/** Runs `work` on what is asked; a refusal says where in the request it has its cause. */
export function asAsked<T>({ input, places, nameAt }: AskedFile, work: () => Promise<T>): Promise<T> {
  return located(() => (input.name === undefined ? named(work, nameAt) : work()), places);
}

/** A refusal of a name is about the one at `nameAt`. */
async function named<T>(work: () => T | Promise<T>, nameAt: ErrorSource): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isName = error instanceof DomainError && ABOUT_NAMES.has(error.code);
    throw isName ? error.at(nameAt) : error;
  }
}

/** What the document `metadata` asks for. */
function askedIn(data: UploadData): Pick<NewFile, 'name' | 'parentId' | 'filePath' | 'associations'> {
  requireSameResource(data, 'files');
  return {
    name: data.attributes?.name,
    parentId: folderOf(data.attributes?.parent_folder_id),
    filePath: data.attributes?.file_path,
    associations: idsIn(data.relationships),
  };
}
