/** The version schemes a product can have, and what can be asked of a version in one. */
import { readDatetime } from './datetime.ts';
import { readIntdot, readIntdotLoosely } from './intdot.ts';
import { readLexicographic } from './lexicographic.ts';
import { readSemver } from './semver.ts';
import type { Fault, Reading, Version } from './version.ts';

export const schemes = ['intdot', 'semver', 'datetime', 'lexicographic'] as const;
export type Scheme = (typeof schemes)[number];

export function isScheme(text: string): text is Scheme {
  return (schemes as readonly string[]).includes(text);
}

const readers: Record<Scheme, (text: string) => Reading> = {
  intdot: readIntdot,
  semver: readSemver,
  datetime: readDatetime,
  lexicographic: readLexicographic,
};

/** Reads a version that must be whole in its scheme, as a release's must and a range's. */
export function readWholeVersion(scheme: Scheme, text: string): Reading {
  return readers[scheme](text);
}

/** Reads a version as it is found on a machine: intdot stops where the numbers end, the others are whole. */
export function readVersion(scheme: Scheme, text: string): Reading {
  return scheme === 'intdot' ? readIntdotLoosely(text) : readers[scheme](text);
}

/** Says whether a release may carry this version; `canonical` and `sortKey` are those of `Version`. */
export function checkVersion(
  scheme: Scheme,
  text: string,
): { ok: true; canonical: string; sortKey: string } | Fault {
  const reading = readWholeVersion(scheme, text);
  if (!reading.ok) return reading;
  const { canonical, sortKey } = reading.version;
  return { ok: true, canonical, sortKey };
}

/**
 * -1 where `a` is older, 1 where it is newer, 0 where neither is: equal intdot and datetime
 * versions, and semver versions that differ only in build metadata. Both are read as
 * `readVersion` does; it throws where that refuses, so ask `readVersion` first about foreign text.
 */
export function compareVersions(scheme: Scheme, a: string, b: string): -1 | 0 | 1 {
  const left = readableVersion(scheme, a).sortKey;
  const right = readableVersion(scheme, b).sortKey;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The version, where the caller knows that `readVersion` takes it. */
export function readableVersion(scheme: Scheme, text: string): Version {
  const reading = readVersion(scheme, text);
  if (!reading.ok) {
    throw new Error(
      `${JSON.stringify(text)} cannot be read as ${scheme}, at ${reading.position}: ${reading.reason}`,
    );
  }
  return reading.version;
}
