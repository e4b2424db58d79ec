/** What a change of a check makes weaker. Pure. */
import { compareInstants, variantKey } from '../gate/index.ts';
import { includesRange, parseRange } from '../versions/index.ts';
import type { CheckBody } from './check.ts';

/** A JSON pointer into the check, and a sentence. */
export interface Weakening {
  pointer: string;
  detail: string;
}

/**
 * Every way in which `after` asks for less than `before`; empty where no release that `before` stops gets past `after`.
 * Whatever can't be told to ask for as much counts as weaker. What an advisory check says stops no release, so nothing
 * makes it weaker.
 */
export function weakenings(before: CheckBody, after: CheckBody): Weakening[] {
  if (before.enforcement === 'advisory') return [];
  const found: Weakening[] = [];
  const say = (pointer: string, detail: string | null) => {
    if (detail !== null) found.push({ pointer, detail });
  };
  say('/enforcement', after.enforcement === 'advisory' ? 'It would be advisory only.' : null);
  say('/kind', lessEvidence(before.kind, after.kind));
  for (const facet of facets) {
    say(`/appliesTo/${facet}`, narrower(facet, before.appliesTo[facet], after.appliesTo[facet]));
  }
  say('/appliesTo/versions', narrowerRange(before.appliesTo.versions, after.appliesTo.versions));
  say('/variants', fewerVariants(before, after));
  say('/variantsFrom', fewerDrivers(before.variantsFrom, after.variantsFrom));
  say('/reportedAs', fewerCases(before.reportedAs, after.reportedAs));
  say(
    '/allowSkipped',
    after.allowSkipped && !before.allowSkipped
      ? 'It would pass although cases were skipped.'
      : null,
  );
  say(
    '/minCases',
    after.minCases < before.minCases
      ? `${after.minCases} instead of ${before.minCases} cases would be enough.`
      : null,
  );
  say('/minimum', lowerMinimum(before.minimum, after.minimum));
  say('/effectiveFrom', later(before.effectiveFrom, after.effectiveFrom));
  say('/retiredAt', sooner(before.retiredAt, after.retiredAt));
  return found;
}

const facets = ['products', 'kinds', 'components', 'rings', 'platforms', 'paths'] as const;

/** A person's word is less than a person's steps, and both are less than what a machine found. */
const evidence: Readonly<Record<CheckBody['kind'], number>> = {
  sign_off: 0,
  manual: 1,
  automated: 2,
  compatibility_lab: 2,
  canary: 2,
  soak: 2,
};

/** One machine's evidence for another's is not called less: what a canary needs is said by its minimum. */
function lessEvidence(before: CheckBody['kind'], after: CheckBody['kind']): string | null {
  if (evidence[after] >= evidence[before]) return null;
  return `It would be ${after} instead of ${before}.`;
}

/** A facet that is left out matches everything. */
function narrower(
  facet: (typeof facets)[number],
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): string | null {
  if (after === undefined) return null;
  if (before === undefined) return `It would apply to some ${facet} only, instead of all.`;
  const left = before.filter((name) => !after.includes(name));
  return left.length === 0
    ? null
    : `It would not name ${listed(left)} among its ${facet} any more.`;
}

function narrowerRange(before: string | undefined, after: string | undefined): string | null {
  if (after === undefined || after === before) return null;
  if (before === undefined) return `It would apply to ${after} only, instead of all versions.`;
  const [outer, inner] = [parseRange(after), parseRange(before)];
  const asWide = outer.ok && inner.ok && includesRange(outer.range, inner.range);
  return asWide ? null : `${after} does not hold every version of ${before}.`;
}

/** A check that lists none asks for every variant that is reported. */
function fewerVariants(before: CheckBody, after: CheckBody): string | null {
  if (before.variants.length === 0) {
    // Listed drivers are always asked for; all that the incidents name may be none.
    if (before.variantsFrom !== null && before.variantsFrom.drivers !== 'all') return null;
    const listsAsFew = after.variants.length === 0;
    if (listsAsFew && (before.variantsFrom !== null || after.variantsFrom === null)) return null;
    return 'It would ask for the listed variants only, instead of every one that is reported.';
  }
  if (after.variants.length === 0 && after.variantsFrom === null) {
    return 'It would list no variants, so that those of which nothing is reported are not missed.';
  }
  const kept = new Set(after.variants.map(variantKey));
  const left = before.variants.filter((variant) => !kept.has(variantKey(variant)));
  if (left.length === 0) return null;
  return `It would not ask for ${listed(left.map((variant) => JSON.stringify(variant)))} any more.`;
}

/** The incidents may name none of the drivers that are listed: those are asked for nevertheless. */
function fewerDrivers(
  before: CheckBody['variantsFrom'],
  after: CheckBody['variantsFrom'],
): string | null {
  if (before === null) return null;
  if (after === null) return 'It would take no variants from drivers any more.';
  if (before.drivers === 'all') {
    if (after.drivers === 'all') return null;
    return 'It would ask for the listed drivers only, instead of all that its incidents name.';
  }
  const kept = after.drivers === 'all' ? [] : after.drivers;
  const left = before.drivers.filter((key) => !kept.includes(key));
  if (left.length === 0) return null;
  return `It would not ask for ${listed(left)} any more where no incident names it.`;
}

/** More patterns find more cases, each of which must pass. */
function fewerCases(
  before: CheckBody['reportedAs'],
  after: CheckBody['reportedAs'],
): string | null {
  const kept = new Set(after.map(patternText));
  const left = before.map(patternText).filter((pattern) => !kept.has(pattern));
  return left.length === 0 ? null : `It would not find the cases of ${listed(left)} any more.`;
}

function patternText({ suite, className, name }: CheckBody['reportedAs'][number]): string {
  return JSON.stringify({ suite, className, name });
}

function lowerMinimum(before: CheckBody['minimum'], after: CheckBody['minimum']): string | null {
  if (before === null) return null;
  if (after === null) return 'It would ask for no number of machines and hours.';
  if (after.machines >= before.machines && after.hours >= before.hours) return null;
  return `${after.machines} machines for ${after.hours} hours would be enough, instead of ${before.machines} for ${before.hours}.`;
}

function later(before: string | null, after: string | null): string | null {
  if (after === null) return null;
  if (before !== null && compareInstants(after, before) <= 0) return null;
  return `It would count from ${after} only.`;
}

function sooner(before: string | null, after: string | null): string | null {
  if (after === null) return null;
  if (before !== null && compareInstants(after, before) >= 0) return null;
  return `It would be retired at ${after}.`;
}

const namedMax = 5;

function listed(names: readonly string[]): string {
  const more = names.length - namedMax;
  const shown = names.slice(0, namedMax).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
