/** What is wrong with files of drivers, each fault by the place where it stands. */
import type { ProblemFault } from '../contract/problems.ts';
import { faultsOfIdentity } from '../drivers/identity-faults.ts';
import type { DriverInFile } from '../drivers/import/read-drivers.ts';
import type { Refused } from './answer.ts';
import { pathOf } from './output/problem.ts';

/** A driver with its file and its place there. */
export interface Entry extends DriverInFile {
  file: string;
}

export interface FaultAt {
  file: string;
  /** `line 12` or `entry 3`. */
  place: string;
  /** The driver's key, where that helps to find it. */
  key?: string;
  detail: string;
}

/** What is wrong with it whoever is asked, in the words in which the service says it. */
export function ownFaults(entry: Entry): FaultAt[] {
  const { identity } = entry.driver;
  // Of what is not even of the right shape, the service tells.
  const isWhole =
    typeof identity === 'object' &&
    identity !== null &&
    Object.values(identity).every((list) => Array.isArray(list) && list.every(isText));
  return isWhole ? faultsOfIdentity(identity).map((fault) => faultOf(entry, fault)) : [];
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** One without a key is the service's to refuse. */
export function repeatedKeys(entries: readonly Entry[]): FaultAt[] {
  const first = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const { file, place } = entry;
    const { key } = entry.driver;
    const before = first.get(key);
    if (before === undefined) {
      if (key !== undefined) first.set(key, entry);
      return [];
    }
    const where = `${before.file}, ${before.place}`;
    const detail = `The key '${key}' is that of ${where} already. Make them one driver, or correct the key.`;
    return [{ file, place, detail }];
  });
}

/** What the service finds wrong with single drivers, less what was told before; null where it is something else. */
export function faultsIn(
  batch: readonly Entry[],
  { status, problem: { errors = [] } }: Refused,
): FaultAt[] | null {
  if (status !== 400 && status !== 422) return null;
  const found = errors.flatMap(({ pointer = '', detail }) => {
    const [, index, rest = ''] = /^\/drivers\/(\d+)(.*)$/.exec(pointer) ?? [];
    const entry = index === undefined ? undefined : batch[Number(index)];
    return entry === undefined ? [] : [{ entry, rest, detail }];
  });
  if (found.length === 0) return null;
  return found.flatMap(({ entry, rest, detail }) => {
    const isTold =
      entry.lacks?.some((field) => rest === `/${field}`) ||
      (rest === '/key' && batch.some((other) => other !== entry && isNamesake(other, entry)));
    return isTold ? [] : [faultOf(entry, { pointer: rest, detail })];
  });
}

function isNamesake(one: Entry, other: Entry): boolean {
  return one.driver.key === other.driver.key;
}

function faultOf(
  { file, place, driver: { key } }: Entry,
  { pointer = '', detail }: ProblemFault,
): FaultAt {
  const field = pathOf(pointer.replace(/^\/identity\//, '/'));
  return { file, place, key, detail: field === '' ? detail : `${field}: ${detail}` };
}

/** A line for each, as they stand in the files, what is told twice once. */
export function faultLines(files: readonly string[], faults: readonly FaultAt[]): string[] {
  const numberIn = (place: string) => Number(/\d+/.exec(place)?.[0] ?? 0);
  const inOrder = faults.toSorted(
    (a, b) =>
      files.indexOf(a.file) - files.indexOf(b.file) || numberIn(a.place) - numberIn(b.place),
  );
  const lines = inOrder.map(
    ({ file, place, key, detail }) => `${file}, ${place}${key ? ` (${key})` : ''}: ${detail}`,
  );
  return [...new Set(lines)];
}
