import { ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import { isNotImplemented } from './s3-errors.js';

export interface UnfinishedUpload {
  readonly name: string;
  readonly uploadId: string;
  readonly begunAt: Date;
}

/** The uploads in parts that were begun and neither completed nor aborted; none where the store can not tell. */
export async function* unfinishedUploads(
  client: S3Client,
  where: { readonly Bucket: string; readonly Prefix: string },
): AsyncIterable<UnfinishedUpload> {
  let next: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
  while (next !== null) {
    const page = await pageOf(client, { ...where, ...next });
    if (page === null) return;
    for (const { Key, UploadId, Initiated } of page.Uploads ?? [])
      if (Key && UploadId && Initiated) yield { name: Key, uploadId: UploadId, begunAt: Initiated };
    const { IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
    next = IsTruncated ? { ...(KeyMarker && { KeyMarker }), ...(UploadIdMarker && { UploadIdMarker }) } : null;
  }
}

async function pageOf(client: S3Client, input: { readonly Bucket: string }) {
  try {
    return await client.send(new ListMultipartUploadsCommand(input));
  } catch (error) {
    if (isNotImplemented(error)) return null;
    throw error;
  }
}
