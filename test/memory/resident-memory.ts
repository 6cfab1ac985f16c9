import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const KIB = 1024;

/** Why memory can't be measured here; null where it can. */
export const unmeasurable = existsSync('/proc/self/clear_refs') ? null : 'there is no /proc/<pid>/clear_refs';

/** The memory that a process has in RAM now, in bytes. */
export function residentNow(pid: number): number {
  return read(pid, 'VmRSS');
}

/** The most that a process has had in RAM since `forgetPeak`, in bytes: as the kernel counts it, no sample is missed. */
export function residentPeak(pid: number): number {
  return read(pid, 'VmHWM');
}

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5'); // proc(5): resets VmHWM
}

function read(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status(pid)) ?? [];
  if (kibibytes === undefined) throw new Error(`process ${pid} has no ${name}`);
  return Number(kibibytes) * KIB;
}

function status(pid: number): string {
  return readFileSync(`/proc/${pid}/status`, 'utf8');
}
