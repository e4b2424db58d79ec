/** How something that is asked about a machine stands: it holds, it does not, or nobody said. */
import type { Missing } from './evaluation.ts';
import type { RecordedRange } from './range-place.ts';
import { quoted } from './sentence.ts';

/** `because` are clauses with the numbers; `missing` is what the machine would have to say. */
export type Standing =
  | { readonly holds: 'yes'; readonly because: readonly string[] }
  | { readonly holds: 'no'; readonly because: readonly string[] }
  | {
      readonly holds: 'unknown';
      readonly because: readonly string[];
      readonly missing: readonly Missing[];
    };

export const yes = (clause: string): Standing => ({ holds: 'yes', because: [clause] });

export const no = (clause: string): Standing => ({ holds: 'no', because: [clause] });

export const unknown = (clause: string, missing: Missing): Standing => ({
  holds: 'unknown',
  because: [clause],
  missing: [missing],
});

/** All must hold: what does not decides, and else what is not known. Nothing at all holds. */
export function allOf(standings: readonly Standing[]): Standing {
  const [only] = standings;
  if (only !== undefined && standings.length === 1) return only;
  const failed = standings.filter(({ holds }) => holds === 'no');
  if (failed.length > 0) return { holds: 'no', because: clausesOf(failed) };
  const missing = missingOf(standings);
  // With what is known already, so that the answer shows what the rest hangs on.
  if (missing !== null) return { holds: 'unknown', because: clausesOf(standings), missing };
  return { holds: 'yes', because: clausesOf(standings) };
}

/** One is enough: what holds decides, and else what is not known. */
export function oneOf(standings: readonly Standing[]): Standing {
  const [only] = standings;
  if (only !== undefined && standings.length === 1) return only;
  const held = standings.filter(({ holds }) => holds === 'yes');
  if (held.length > 0) return { holds: 'yes', because: clausesOf(held) };
  const open = standings.filter(({ holds }) => holds === 'unknown');
  const missing = missingOf(open);
  if (missing !== null) return { holds: 'unknown', because: clausesOf(open), missing };
  return { holds: 'no', because: clausesOf(standings) };
}

/** Where a version that the caller wrote lies; `missing` is asked for where it is no version. */
export function versionStanding(range: RecordedRange, version: string, missing: Missing): Standing {
  const place = range.place(version);
  if (place === null) return unknown(`“${quoted(version)}” cannot be read as a version`, missing);
  return place.inside ? yes(place.clause) : no(place.clause);
}

/**
 * The same of a version that somebody released, which must be whole: `24H2` is not release 24. Of what a machine prints
 * the beginning is enough, and that is `versionStanding`.
 */
export function releaseStanding(range: RecordedRange, version: string, missing: Missing): Standing {
  if (range.unbounded) return yes('every version is meant');
  if (range.isWhole(version)) return versionStanding(range, version, missing);
  return unknown(`“${quoted(version)}” is no whole version`, missing);
}

/** The same, of something: `its system's build 10.0.26100 lies in …`. */
export function spokenOf(subject: string, standing: Standing): Standing {
  return { ...standing, because: standing.because.map((clause) => `${subject} ${clause}`) };
}

function clausesOf(standings: readonly Standing[]): string[] {
  return standings.flatMap(({ because }) => because);
}

/** Null where everything is known. */
function missingOf(standings: readonly Standing[]): Missing[] | null {
  const open = standings.filter((standing) => standing.holds === 'unknown');
  return open.length === 0 ? null : open.flatMap(({ missing }) => missing);
}
