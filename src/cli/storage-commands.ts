import type { Command } from 'commander';
import { type BlobCheck, type BlobFinding, BlobRegister, CheckBlobs } from '@portico/domain/files';
import { asOperator } from './operator.js';
import { print } from './output.js';
import { Progress } from './progress.js';

const GRACE_SECONDS = 3600;
/** The answer names so many; all of them are counted. */
const NAMED = 1000;
const TOLD_EVERY = 100;

interface Options {
  readonly deep: boolean;
  readonly repair: boolean;
}

/** `fsck`. */
export function addStorageCommands(program: Command): void {
  program
    .command('fsck')
    .description('compare the bytes in the storage with what the database says of them; fails when they differ')
    .option('--deep', 'read all bytes and compare their hashes too', false)
    .option(
      '--repair',
      'remove bytes that belong to nothing and are older than an hour; nothing else is ever removed',
      false,
    )
    .action(async (options: Options, command: Command) => {
      const { findings, ...counts } = await check(options);
      print(command, { intact: isIntact(counts), ...counts, findings });
      if (!isIntact(counts)) throw new Error('the storage is not as the database says');
    });
}

async function check(options: Options): Promise<BlobCheck & { findings: BlobFinding[] }> {
  return asOperator(async (operator) => {
    let told = 0;
    const progress = new Progress('blobs', await operator.get(BlobRegister).count());
    const findings: BlobFinding[] = [];
    const counts = await operator.get(CheckBlobs).execute({
      isDeep: options.deep,
      removesOrphans: options.repair,
      graceSeconds: GRACE_SECONDS,
      onFinding: (finding) => findings.length < NAMED && findings.push(finding),
      onChecked: () => ++told % TOLD_EVERY === 0 && progress.add(TOLD_EVERY),
    });
    progress.add(told % TOLD_EVERY);
    progress.end();
    return { ...counts, findings };
  });
}

/** Bytes that belonged to nothing and are removed are no fault any more. */
function isIntact({ missing, orphaned, wrong_size, wrong_hash, removed }: BlobCheck): boolean {
  return missing + wrong_size + wrong_hash + orphaned - removed === 0;
}
