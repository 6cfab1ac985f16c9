import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BucketAlreadyExists, BucketAlreadyOwnedByYou, CreateBucketCommand } from '@aws-sdk/client-s3';
import { type S3Location, storageLocation } from '../../src/platform/config/storage-location.js';
import { s3Client } from '../../src/platform/storage/s3/s3-blob-store.js';

const PROGRAM = path.join(import.meta.dirname, 's3-server.mjs');
/** An implementation from outside, to be used instead (CONTRIBUTING.md): `s3://bucket?endpoint=…`. */
const OUTSIDE = process.env['S3_TEST_URL'];

/** What the AWS SDK takes its credentials from. */
export const S3_CREDENTIALS: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: (OUTSIDE && process.env['AWS_ACCESS_KEY_ID']) || 'S3RVER',
  AWS_SECRET_ACCESS_KEY: (OUTSIDE && process.env['AWS_SECRET_ACCESS_KEY']) || 'S3RVER',
};

/** A store that speaks S3: in a process of its own, or one from outside, where each has a prefix of its own. */
export class S3Server {
  private constructor(
    private readonly place: Pick<S3Location, 'bucket' | 'endpoint' | 'region' | 'prefix'>,
    private readonly end: () => Promise<void>,
  ) {}

  static readonly isOutside = Boolean(OUTSIDE);

  static async start(): Promise<S3Server> {
    if (OUTSIDE) return S3Server.outside(OUTSIDE);
    const directory = await mkdtemp(path.join(tmpdir(), 'portico-s3-'));
    const bucket = 'portico';
    const child = spawn(process.execPath, [PROGRAM, directory, bucket], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [address] = (await once(child.stdout, 'data')) as [Buffer];
    const place = { bucket, endpoint: address.toString().trim(), region: 'us-east-1', prefix: '' };
    return new S3Server(place, async () => {
      await ended(child);
      await rm(directory, { recursive: true, force: true });
    });
  }

  private static async outside(url: string): Promise<S3Server> {
    const location = storageLocation(url);
    if (location?.kind !== 's3') throw new Error('S3_TEST_URL must be s3://bucket?endpoint=…');
    const client = s3Client(location);
    await client.send(new CreateBucketCommand({ Bucket: location.bucket })).catch((error: unknown) => {
      if (!(error instanceof BucketAlreadyOwnedByYou || error instanceof BucketAlreadyExists)) throw error;
    });
    client.destroy();
    return new S3Server({ ...location, prefix: `${location.prefix}${randomUUID()}/` }, () => Promise.resolve());
  }

  /** Null is Amazon's own. */
  get endpoint(): string | null {
    return this.place.endpoint;
  }

  location(prefix: string): S3Location {
    return { kind: 's3', ...this.place, prefix: `${this.place.prefix}${prefix}` };
  }

  /** The `STORAGE_URL` of a server that keeps its blobs here. */
  url(prefix: string): string {
    const { bucket, endpoint, region } = this.place;
    const query = new URLSearchParams({ ...(endpoint !== null && { endpoint }), region });
    return `s3://${bucket}/${this.place.prefix}${prefix}?${query.toString()}`;
  }

  stop(): Promise<void> {
    return this.end();
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
