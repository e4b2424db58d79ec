/** Tells a process from a later one that was given the same number. */
import { readFile } from 'node:fs/promises';

/**
 * When a process began, as text to compare: the boot and the tick since then, from Linux's /proc (proc(5)).
 * Null on other systems, and where /proc does not tell. A process that has ended but was not yet waited for
 * answers `ended`.
 */
export async function birthOf(pid: number): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    const startTick = fields[19];
    return state === 'Z' || state === 'X' ? 'ended' : `${boot.trim()}/${startTick}`;
  } catch {
    return null;
  }
}
