/** Holds machines against the active holds of what they would get. Pure: the clock is an argument. */
import { letsPast } from '../../gate/index.ts';
import { distinct, type Missing } from '../matching/evaluation.ts';
import type { Machine } from '../matching/machine.ts';
import { few, sentence } from '../matching/sentence.ts';
import { allOf, no, releaseStanding, type Standing, yes } from '../matching/standing.ts';
import type { ActiveHold } from './active-holds.ts';

/** Gravest first. */
export const holdVerdicts = ['hold', 'unknown', 'proceed'] as const;
export type HoldVerdict = (typeof holdVerdicts)[number];

export interface HoldAnswer {
  hold: ActiveHold;
  verdict: HoldVerdict;
  /** One sentence. */
  evidence: string;
  missing: readonly Missing[];
}

export interface MachineVerdict {
  verdict: HoldVerdict;
  /** The gravest answer first, then in the order of the holds. */
  answers: readonly HoldAnswer[];
}

/** `ring` is the one that the machine is in, null where nobody says: then no override of single rings counts. */
export function evaluateHolds(
  holds: readonly ActiveHold[],
  machine: Machine,
  ring: string | null,
  asOf: string,
): MachineVerdict {
  const answers = holds.flatMap((hold) => answerOf(hold, machine, ring, asOf) ?? []);
  const inOrder = holdVerdicts.flatMap((verdict) =>
    answers.filter((answer) => answer.verdict === verdict),
  );
  return { verdict: inOrder[0]?.verdict ?? 'proceed', answers: inOrder };
}

/** Null where the hold is known to be about other versions. */
function answerOf(
  hold: ActiveHold,
  machine: Machine,
  ring: string | null,
  asOf: string,
): HoldAnswer | null {
  const { version } = machine;
  const placed = placeOf(hold, machine);
  if (placed.holds === 'no') return null;
  const past =
    hold.range.place(version) !== null &&
    hold.overrides.some((override) => letsPast(override, { version, ring }, asOf));
  const standing = past ? no(whyPast(hold, version)) : allOf([placed, hold.speaksOf(machine)]);
  return {
    hold,
    verdict: verdicts[standing.holds],
    evidence: sentence(few(standing.because)),
    missing: standing.holds === 'unknown' ? distinct(standing.missing) : [],
  };
}

function whyPast({ toldOfOverrides }: ActiveHold, version: string): string {
  return toldOfOverrides
    ? `an override lets ${version} past this hold for now`
    : 'this hold does not apply here';
}

/** A hold of every version holds also one that cannot be read. */
function placeOf({ range }: ActiveHold, { product, version }: Machine): Standing {
  if (range.unbounded) return yes(`every version of ${product} is held`);
  const detail = `Write the version as ${product} is released.`;
  return releaseStanding(range, version, { field: 'version', detail, command: null });
}

const verdicts: Readonly<Record<Standing['holds'], HoldVerdict>> = {
  yes: 'hold',
  unknown: 'unknown',
  no: 'proceed',
};
