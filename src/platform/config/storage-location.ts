import { fileURLToPath } from 'node:url';
import type { Settings } from './settings.js';

/** Where the bytes are kept. */
export type StorageLocation =
  | {
      readonly kind: 'folder';
      /** Absolute. */
      readonly root: string;
    }
  | S3Location;

/** A bucket of an S3-compatible store; its credentials come from where the AWS SDK looks for them. */
export interface S3Location {
  readonly kind: 's3';
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Null: Amazon's. With one, the bucket is part of the path and not of the host name. */
  readonly endpoint: string | null;
  readonly region: string;
}

const FORM = 'must be file:///an/absolute/folder or s3://bucket/prefix?endpoint=https://…&region=…';
const PARAMETERS = ['endpoint', 'region'];

/** Reads a `STORAGE_URL`: `file:///folder`, or `s3://bucket/prefix?endpoint=…&region=…`. Null when it is neither. */
export function storageLocation(text: string): StorageLocation | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol === 'file:') return url.host === '' ? { kind: 'folder', root: fileURLToPath(url) } : null;
  return url.protocol === 's3:' ? s3Location(url) : null;
}

function s3Location(url: URL): S3Location | null {
  const { hostname: bucket, pathname, searchParams, username, password, port, hash } = url;
  const endpoint = searchParams.get('endpoint');
  const isKnown = [...searchParams.keys()].every((name) => PARAMETERS.includes(name));
  const isPlain = username + password + port + hash === '';
  if (!isKnown || !isPlain || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return null;
  if (endpoint !== null && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol))) return null;
  const path = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  const prefix = path === '' ? '' : `${path}/`;
  return { kind: 's3', bucket, prefix, endpoint, region: searchParams.get('region') ?? 'us-east-1' };
}

/** The setting `STORAGE_URL`; without it the folder `otherwise`. */
export function storageSetting(settings: Settings, otherwise: string): StorageLocation {
  const text = settings.optional('STORAGE_URL');
  const location = text === null ? { kind: 'folder' as const, root: otherwise } : storageLocation(text);
  if (location === null) settings.refuse('STORAGE_URL', FORM);
  else if (location.kind === 's3' && settings.has('X_ACCEL_REDIRECT'))
    settings.refuse('X_ACCEL_REDIRECT', 'works with a STORAGE_URL that is a folder only');
  return location ?? { kind: 'folder', root: otherwise };
}
