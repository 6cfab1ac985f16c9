import { constants } from 'node:fs';
import { type FileHandle, open, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { clientFileErrors, type ImportedFile, ImportFolder, importPath } from '@portico/domain/client-files';
import { DomainError, type FirmId } from '@portico/domain/kernel';

const CHUNK = 256 * 1024;
/** Linux: finds a file without opening it, so that nothing happens to what is found. Node.js has no name for it. */
const O_PATH = 0o10000000;
/** macOS: refuses a link anywhere in the path. */
const O_NOFOLLOW_ANY = 0x20000000;
/** There is no such file, or none that the server may read. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EACCES', 'EPERM', 'ENXIO', 'ESTALE']);

/** `<root>/<firm id>/…` on the server's own disk. */
export class LocalImportFolder extends ImportFolder {
  constructor(
    private readonly root: string,
    private readonly maxBytes: number,
  ) {
    super();
  }

  async open(firmId: FirmId, given: string): Promise<ImportedFile> {
    const names = importPath(given);
    const handle = await this.opened(firmId, names).catch((error: unknown) => {
      throw refusalOf(error, given);
    });
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw clientFileErrors.importNotAFile(given);
      if (stat.size > this.maxBytes) throw tooLarge(this.maxBytes);
      const content = Readable.from(this.read(handle), { objectMode: false });
      // also when it is destroyed before it was begun; that closing fails says nothing about what was read
      content.once('close', () => void handle.close().catch(() => undefined));
      return { name: names.at(-1) ?? names[0], content };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The file at the end of `names`. What was opened is looked at, not what was to be opened: so no swap leads out. */
  private async opened(firmId: FirmId, names: readonly string[]): Promise<FileHandle> {
    const folder = path.join(await realpath(this.root), firmId);
    const file = path.join(folder, ...names);
    if (process.platform === 'linux') return openedBelow(folder, file);
    if (process.platform === 'darwin') return open(file, constants.O_RDONLY | constants.O_NONBLOCK | O_NOFOLLOW_ANY);
    throw clientFileErrors.importPathInvalid('this operating system can not rule out links');
  }

  /** The bytes, of which there may have come to be more. */
  private async *read(handle: FileHandle): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of handle.createReadStream({ highWaterMark: CHUNK, autoClose: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes > this.maxBytes) throw tooLarge(this.maxBytes);
      yield chunk as Buffer;
    }
  }
}

/** Links are followed as long as the file that is found in the end is one below `folder`, whose path has none. */
async function openedBelow(folder: string, file: string): Promise<FileHandle> {
  const found = await open(file, O_PATH);
  try {
    const itself = `/proc/self/fd/${found.fd}`;
    if (!(await readlink(itself)).startsWith(`${folder}/`))
      throw clientFileErrors.importPathInvalid('it leads out of it');
    // anything else may do something when it is opened, or never let go
    if (!(await found.stat()).isFile()) throw clientFileErrors.importNotAFile(path.relative(folder, file));
    return await open(itself, constants.O_RDONLY);
  } finally {
    await found.close();
  }
}

function tooLarge(limit: number): DomainError {
  return new DomainError('too_large', 'file_too_large', `The file is larger than ${limit} bytes`, { pointer: '/file' });
}

function refusalOf(error: unknown, given: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ELOOP') return clientFileErrors.importPathInvalid('it leads through links that it must not');
  return MISSING.has(code) ? clientFileErrors.importFileMissing(given) : error;
}
