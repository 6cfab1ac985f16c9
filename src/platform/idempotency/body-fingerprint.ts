import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * The hash of a body as it arrives, whoever reads it. What separates the parts of a multipart body is left out: a
 * client chooses it anew when it sends the same again (RFC 2046, section 5.1.1).
 */
export class BodyFingerprint {
  private readonly hash = createHash('sha256');
  private readonly boundary: Buffer;
  private carry = Buffer.alloc(0);

  private constructor(private readonly request: IncomingMessage) {
    const type = request.headers['content-type'] ?? '';
    const [, quoted, plain] = /^multipart\/.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? [];
    this.boundary = Buffer.from(quoted ?? plain ?? '');
  }

  /** Listens to a request of which nothing has arrived yet. */
  static of(request: IncomingMessage): BodyFingerprint {
    const fingerprint = new BodyFingerprint(request);
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      if (chunk !== null) fingerprint.add(chunk);
      return push(chunk, encoding);
    };
    return fingerprint;
  }

  /** Of all that has arrived; to be asked once, when nobody reads any more. */
  digest(about: string): Buffer {
    this.hash.update(this.carry);
    return createHash('sha256').update(about).update('\n').update(this.hash.digest()).digest();
  }

  /** Reads what is left, so that all of it counts. @throws Error when the caller goes away */
  async toEnd(): Promise<void> {
    if (this.request.complete) return; // all has arrived, also where nobody reads it
    const gone = new Error('the caller went away');
    if (this.request.destroyed) throw gone;
    this.request.resume();
    await new Promise<void>((resolve, reject) => {
      this.request.once('end', resolve).once('error', reject);
      this.request.once('close', () => reject(gone));
    });
  }

  private add(chunk: Buffer): void {
    if (this.boundary.length === 0) {
      this.hash.update(chunk);
      return;
    }
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    let done = 0;
    for (let at = bytes.indexOf(this.boundary); at >= 0; at = bytes.indexOf(this.boundary, done)) {
      this.hash.update(bytes.subarray(done, at));
      done = at + this.boundary.length;
    }
    const sure = Math.max(done, bytes.length - this.boundary.length + 1);
    this.hash.update(bytes.subarray(done, sure));
    this.carry = Buffer.from(bytes.subarray(sure));
  }
}
