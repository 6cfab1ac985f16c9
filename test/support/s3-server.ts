import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { S3Location } from '../../src/platform/config/storage-location.js';

const PROGRAM = path.join(import.meta.dirname, 's3-server.mjs');
const BUCKET = 'portico';

/** What the AWS SDK takes its credentials from. */
export const S3_CREDENTIALS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

/** A store that speaks S3, in a process of its own. */
export class S3Server {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    readonly endpoint: string,
  ) {}

  static async start(): Promise<S3Server> {
    const directory = await mkdtemp(path.join(tmpdir(), 'portico-s3-'));
    const child = spawn(process.execPath, [PROGRAM, directory, BUCKET], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [address] = (await once(child.stdout, 'data')) as [Buffer];
    return new S3Server(child, directory, address.toString().trim());
  }

  location(prefix: string): S3Location {
    return { kind: 's3', bucket: BUCKET, prefix, endpoint: this.endpoint, region: 'us-east-1' };
  }

  /** The `STORAGE_URL` of a server that keeps its blobs here. */
  url(prefix: string): string {
    return `s3://${BUCKET}/${prefix}?endpoint=${encodeURIComponent(this.endpoint)}&region=us-east-1`;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}
