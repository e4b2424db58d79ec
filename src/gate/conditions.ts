/** Conditions under which machines are harmed or kept: whether some are within others. */
import type { ConditionsFact } from './facts.ts';
import { compareInstants } from './instant.ts';
import { includes } from './version-range.ts';

/**
 * Whether every machine that meets `narrow` meets `wide`, by what they say: words that only a person or an inventory can
 * compare have to be the same. Null: no conditions.
 */
export function implies(narrow: ConditionsFact | null, wide: ConditionsFact | null): boolean {
  if (wide === null) return true;
  if (narrow === null) return false;
  return Object.keys(wide).every((name) => within[name as keyof ConditionsFact](narrow, wide));
}

/** Whether no machine can meet both. A machine runs on one platform of its product, whatever else it has. */
export function exclude(a: ConditionsFact | null, b: ConditionsFact | null): boolean {
  if (!a?.platforms || !b?.platforms) return false;
  const platforms = a.platforms.map(lowered);
  return !b.platforms.some((platform) => platforms.includes(lowered(platform)));
}

type Within = (narrow: ConditionsFact, wide: ConditionsFact) => boolean;

/** For each condition: whether `narrow` has it, and no wider. */
const within: Readonly<Record<keyof ConditionsFact, Within>> = {
  companions: everyOne(
    ({ companions }) => companions,
    (one, other) => one.product === other.product && includes(other.versions, one.versions),
  ),
  platforms: everyOne(({ platforms }) => platforms, sameWord),
  osBuilds: ({ osBuilds: narrow }, { osBuilds: wide = '' }) =>
    narrow !== undefined && includes(wide, narrow),
  architectures: everyOne(({ architectures }) => architectures, sameWord),
  // `de-AT` is within `de`: RFC 4647 §3.3.1.
  locales: everyOne(
    ({ locales }) => locales,
    (one, other) => `${tagOf(one)}-`.startsWith(`${tagOf(other)}-`),
  ),
  patches: everyOne(({ patches }) => patches, sameWord),
  cpus: everyOne(({ cpus }) => cpus, sameWord),
  hypervisors: everyOne(({ hypervisors }) => hypervisors, sameWord),
  settings: everyOne(
    ({ settings }) => settings,
    (one, other) => sameWord(one.name, other.name) && sameWord(one.value, other.value),
  ),
  onlineBetween: ({ onlineBetween: narrow }, { onlineBetween: wide }) =>
    narrow !== undefined &&
    wide !== undefined &&
    compareInstants(wide.from, narrow.from) <= 0 &&
    compareInstants(wide.until, narrow.until) >= 0,
  inWords: ({ inWords: narrow }, { inWords: wide }) => narrow === wide,
};

/** Of a list one is enough, so that a shorter one is narrower. */
function everyOne<T>(
  listOf: (conditions: ConditionsFact) => readonly T[] | undefined,
  isWithin: (one: T, other: T) => boolean,
): Within {
  return (narrow, wide) =>
    listOf(narrow)?.every((one) => listOf(wide)?.some((other) => isWithin(one, other))) ?? false;
}

function sameWord(a: string, b: string): boolean {
  return lowered(a) === lowered(b);
}

function tagOf(locale: string): string {
  return lowered(locale).replaceAll('_', '-');
}

function lowered(word: string): string {
  return word.trim().toLowerCase();
}
