import mime from 'mime-types';

const UNKNOWN = 'application/octet-stream';
const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;

/** What the extension says, else the part's own type, else `application/octet-stream` (contract, section 4). */
export function contentTypeOf(fileName: string, partType: string): string {
  const byExtension = mime.lookup(fileName);
  if (byExtension) return byExtension.toLowerCase();
  const type = partType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return MEDIA_TYPE.test(type) ? type : UNKNOWN;
}
