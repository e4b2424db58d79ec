/** What of the contract no test has seen. */
import type { Operation } from '../../src/contract/operations.ts';

/** Names the folder in which a whole run collects what was seen. */
export const coverageFolderVariable = 'CONTRACT_COVERAGE_FOLDER';

/** Statuses that the mount loop adds to every operation: each must be seen once, at any operation or at none. */
export const everywhereStatuses: readonly number[] = [400, 401, 403, 404, 405, 413, 415, 500, 503];

/**
 * A sentence for every operation and status that was declared and not seen, and for every exception that is none any
 * more. `seen` and the names of `exceptions` are `getGate 200`, or `everywhere 503`; an exception says why.
 */
export function gapsIn(
  operations: readonly Pick<Operation, 'id' | 'responses'>[],
  seen: ReadonlySet<string>,
  exceptions: Readonly<Record<string, string>>,
): string[] {
  const seenStatuses = new Set([...seen].map((line) => Number(line.split(' ')[1])));
  const seenOperations = new Set([...seen].map((line) => line.split(' ')[0]));
  const isSeen = (line: string) =>
    seen.has(line) ||
    (line.startsWith('everywhere ') && seenStatuses.has(Number(line.split(' ')[1])));

  const declared = [
    ...operations.flatMap(({ id, responses }) =>
      [...responses.keys()].map((status) => `${id} ${status}`),
    ),
    ...everywhereStatuses.map((status) => `everywhere ${status}`),
  ];
  return [
    ...operations
      .filter(({ id }) => !seenOperations.has(id))
      .map(({ id }) => `No test calls ${id}.`),
    ...declared
      .filter((line) => !isSeen(line) && !(line in exceptions))
      .map((line) => `No test sees ${line}.`),
    ...Object.keys(exceptions)
      .filter((line) => isSeen(line) || !declared.includes(line))
      .map((line) => `${line} is no exception any more; take it off the list.`),
  ];
}
