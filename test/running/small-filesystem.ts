import { execFileSync } from 'node:child_process';

/** Whether this user may make filesystems; tried in a mount namespace of its own, which leaves no trace. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A filesystem of so many MiB, in memory. */
export class SmallFilesystem {
  constructor(
    readonly directory: string,
    mebibytes: number,
  ) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', directory]);
  }

  makeReadOnly(isReadOnly: boolean): void {
    execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.directory]);
  }

  async remove(): Promise<void> {
    execFileSync('umount', [this.directory]);
  }
}
