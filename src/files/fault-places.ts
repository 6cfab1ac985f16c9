import type { BodyPlaces, Linkage } from '../platform/http/located.js';
import type { FileLinkage } from './file-body.dto.js';

/** The attribute of a file or folder that a refusal is about. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  invalid_name: 'name',
  extension_mismatch: 'name',
  folder_not_found: 'parent_folder_id',
  not_a_folder: 'parent_folder_id',
  folder_not_changeable: 'parent_folder_id',
  moved_into_itself: 'parent_folder_id',
  folder_too_deep: 'parent_folder_id',
  invalid_file_path: 'file_path',
  file_path_and_parent: 'file_path',
};

/** Where in the document of a file or folder a refusal has its cause. */
export function placesIn(given?: FileLinkage): BodyPlaces {
  const linkages = (['entities', 'groups'] as const).flatMap((type): Linkage[] => {
    const data = given?.[`associated_${type}`]?.data;
    return data ? [{ pointer: `/data/relationships/associated_${type}/data`, type, data }] : [];
  });
  return { linkages, attributes: ATTRIBUTES };
}
