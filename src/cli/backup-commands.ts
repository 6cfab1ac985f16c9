import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type BlobCheck, BlobRegister, CheckBlobs } from '@portico/domain/files';
import { loadConfig } from '../platform/config/config.js';
import { SystemClock } from '../platform/system-clock.js';
import { BackupFolder } from './backup/backup-folder.js';
import { MakeBackup } from './backup/make-backup.js';
import { RestoreBackup } from './backup/restore-backup.js';
import { interruptible } from './import/interruption.js';
import { asOperator } from './operator.js';
import { print } from './output.js';
import { Progress } from './progress.js';

interface BackupFlags {
  readonly keep?: number;
  readonly verify?: boolean;
  readonly key: boolean;
}

interface RestoreFlags {
  readonly snapshot?: string;
  readonly holdMails?: boolean;
  readonly intoUsedStorage?: boolean;
}

/** `backup` and `restore`. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup <DIR>')
    .description('add a snapshot of everything to a folder of backups; servers may run meanwhile')
    .option('--keep <N>', 'then keep the newest N snapshots, and what they need, alone', count)
    .option('--verify', 'read the blobs that are in the folder already, and copy those again that are damaged')
    .option('--without-key', 'leave DATA_DIR/secret.key out: without it nobody can use what is encrypted')
    .action(async (directory: string, flags: BackupFlags & { withoutKey?: boolean }, command: Command) => {
      const options = { keep: flags.keep ?? null, isDeep: flags.verify === true, withKey: !flags.withoutKey };
      const folder = new BackupFolder(path.resolve(directory));
      const report = await interruptible(
        (signal) => new MakeBackup(loadConfig(process.env), folder, options, new SystemClock(), signal).execute(),
        'interrupted; no snapshot was made, and the next backup goes on with what was copied',
      );
      print(command, { ...report, directory: folder.root });
      if (report.faults.length > 0) throw new Error(`${report.faults.length} blobs are not in the backup`);
    });
  program
    .command('restore <DIR>')
    .description('bring a snapshot back into an empty installation')
    .option('--snapshot <NAME>', 'this one, instead of the newest')
    .option('--hold-mails', 'do not send the mails that waited when the snapshot was made: "mail list" shows them')
    .option('--into-used-storage', 'the storage is the one that was backed up: what else it holds is no obstacle')
    .action(async (directory: string, flags: RestoreFlags, command: Command) => {
      const options = {
        snapshot: flags.snapshot ?? null,
        holdMails: flags.holdMails === true,
        intoUsedStorage: flags.intoUsedStorage === true,
      };
      const backups = new BackupFolder(path.resolve(directory));
      const restored = await interruptible(
        (signal) => new RestoreBackup(loadConfig(process.env), backups, options, new SystemClock(), signal).execute(),
        'interrupted; the installation is still empty',
      );
      const storage = await checked();
      print(command, { ...restored, storage });
      const wrong = storage.missing + storage.wrong_size;
      if (wrong > 0) throw new Error(`everything else was restored, but ${wrong} blobs were not in the backup`);
    });
}

/** What `fsck` finds in the installation as it now is. */
function checked(): Promise<BlobCheck> {
  return asOperator(async (operator) => {
    const progress = new Progress('blobs checked', await operator.get(BlobRegister).count());
    const input = { isDeep: false, removesOrphans: false, graceSeconds: 0 };
    const found = await operator.get(CheckBlobs).execute({ ...input, onChecked: () => progress.add(1) });
    progress.end();
    return found;
  });
}

function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return Number(text);
}
