import { type Command, InvalidArgumentError } from 'commander';
import { BlobRegister, CopyBlobs, type BlobCopies, type UncopiedBlob } from '@portico/domain/files';
import { DomainError, type FirmId } from '@portico/domain/kernel';
import { type StorageLocation, storageLocation } from '../platform/config/storage-location.js';
import { openBlobStore } from '../platform/storage/open-blob-store.js';
import { firmId } from './arguments.js';
import { interruptible } from './import/interruption.js';
import { asOperator } from './operator.js';
import { print } from './output.js';
import { Progress } from './progress.js';

const AT_ONCE = 8;

/** A storage as it was named. */
interface Place {
  readonly url: string;
  readonly location: StorageLocation;
}

interface Flags {
  readonly firm?: FirmId;
  readonly deep?: boolean;
}

type Report = BlobCopies & { readonly faults: readonly UncopiedBlob[] };

/** `storage copy`. */
export function addStorageCopyCommand(program: Command): void {
  const storage = program.command('storage').description('where the bytes of the files are kept');
  storage
    .command('copy')
    .argument('<FROM>', 'a STORAGE_URL: file:///folder, or s3://bucket/prefix?endpoint=…&region=…', place)
    .argument('<TO>', 'another', place)
    .description('copy the bytes of all files to another storage; servers may run meanwhile, and a second run goes on')
    .option('--firm <ID>', 'those of this firm only', firmId)
    .option('--deep', 'read what is there already, and copy again what is damaged')
    .action(async (from: Place, to: Place, flags: Flags, command: Command) => {
      if (JSON.stringify(from.location) === JSON.stringify(to.location))
        throw new DomainError('invalid', 'wrong_call', 'FROM and TO are the same storage');
      const report = await interruptible(
        (signal) => copy(from, to, flags, signal),
        'interrupted; the same call goes on where it was',
      );
      const isWhole = report.faults.length === 0;
      print(command, { ...report, ...(isWhole && { next: `STORAGE_URL=${to.url}` }) });
      if (!isWhole) throw new Error(`${report.faults.length} blobs were not copied`);
    });
}

function copy(from: Place, to: Place, { firm, deep }: Flags, signal: AbortSignal): Promise<Report> {
  return asOperator(async (operator) => {
    if (firm !== undefined) await operator.requireFirm(firm);
    const of = firm ?? null;
    const register = operator.get(BlobRegister);
    const progress = new Progress('blobs', await register.count(of));
    const faults: UncopiedBlob[] = [];
    const copies = await new CopyBlobs().execute({
      ...{ rows: register.rows(of), from: openBlobStore(from.location), to: openBlobStore(to.location) },
      ...{ isDeep: deep === true, atOnce: AT_ONCE, isStopping: () => signal.aborted },
      onDone: () => progress.add(1),
      onFault: (fault) => faults.push(fault),
    });
    progress.end();
    signal.throwIfAborted();
    return { ...copies, faults };
  });
}

function place(url: string): Place {
  const location = storageLocation(url);
  if (!location)
    throw new InvalidArgumentError('It must be file:///an/absolute/folder or s3://bucket/prefix?endpoint=…&region=….');
  return { url, location };
}
