/**
 * What it means for a finding that the driver was tried and did no harm:
 *
 * | found                            | and tried without harm                               |
 * | -------------------------------- | ---------------------------------------------------- |
 * | `affected` by an equal hash      | the same, which says both: nothing is stronger than a hash |
 * | `affected`, `probably_affected`  | `cannot_tell`: an evidence conflict, which says both |
 * | `cannot_tell`                    | the same, which says both                            |
 * | `not_affected`                   | the same, which says both: tried is more than unnamed |
 *
 * Nobody is told `not_affected` by this alone: whoever knows an exception writes it into the range of what is affected.
 */

import type { Finding, ReadItem } from './driver-finding.ts';
import { placeIn } from './driver-version.ts';
import type { Machine } from './machine.ts';
import type { Involvement, Tried } from './recorded.ts';

export function withEvidence(
  finding: Finding,
  read: ReadItem,
  machine: Pick<Machine, 'product' | 'version'>,
): Finding {
  const { involvement, verdict, basis } = finding;
  const tried = involvement.foundUnaffected.filter(
    (each) => speaksOfItem(each, involvement, read) && speaksOfMachine(each, machine),
  );
  if (tried.length === 0) return finding;
  const clauses = [
    ...finding.clauses,
    ...tried.map(({ words }) => `it was tried and found unaffected: ${words}`),
  ];
  const byHash = basis === 'sha256' || basis === 'authentihash';
  const harms = verdict === 'affected' || verdict === 'probably_affected';
  if (byHash || !harms) return { ...finding, clauses };
  return { ...finding, verdict: 'cannot_tell', basis: 'evidence_conflict', clauses };
}

function speaksOfItem({ range }: Tried, { versionOf }: Involvement, { versions }: ReadItem) {
  if (range === null || range.unbounded) return true;
  return placeIn(range, versions(versionOf, range.scheme))?.inside === true;
}

function speaksOfMachine(
  { beside }: Tried,
  { product, version }: Pick<Machine, 'product' | 'version'>,
): boolean {
  if (beside === null) return true;
  const { range } = beside;
  return beside.product === product && range.place(version)?.inside === true;
}
