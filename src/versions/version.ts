/** A version that has been read, and the fault of one that could not be. */

/** A version in its scheme. Two of them compare by `sortKey`, and are one release when `canonical` agrees. */
export interface Version {
  /** As it was written. */
  readonly text: string;
  /**
   * Equal for two texts exactly when they name the same release: `1` for intdot `1.0` and `01.0.0`,
   * the instant in UTC for a datetime. semver keeps its build metadata, because `1.2.3+a` and
   * `1.2.3+b` are two releases although neither is newer.
   */
  readonly canonical: string;
  /**
   * Sorts as the scheme orders, both with `<` and byte by byte in UTF-8 (`collate "C"`), so that a
   * database can index it. Equal where neither version is newer. Empty for intdot `0`.
   */
  readonly sortKey: string;
  /** semver build metadata without its `+`; null where there is none, and in every other scheme. */
  readonly build: string | null;
}

/** Why a text was refused. */
export interface Fault {
  readonly ok: false;
  /** Where in the text, from 0, in UTF-16 units; the text's length where something is missing at its end. */
  readonly position: number;
  /** A sentence that says what to write instead. */
  readonly reason: string;
}

export type Reading = { readonly ok: true; readonly version: Version } | Fault;

export function fault(position: number, reason: string): Fault {
  return { ok: false, position, reason };
}
