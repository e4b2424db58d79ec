/** What the gate asks of a release: every check that binds it, once for each variant. */
import { applicabilityInstant, countsAt, matchFacets } from './applicability.ts';
import type { IgnoredVariant, Reason, Requirement } from './decision.ts';
import { holdsKeeping } from './driver-variant.ts';
import { appliesBecause } from './explanation.ts';
import type { CheckFact, Facts, IncidentFact, Instant, ResultFact, Variant } from './facts.ts';
import { byGravity } from './gravity.ts';
import { holdsInForce } from './holds.ts';
import { type Known, knownAt, type Link, type Reported } from './known.ts';
import { lookedForMax, nearVariants } from './near-variants.ts';
import { variantKey } from './variant.ts';

/** A requirement with what its answer is made from. */
export interface Asked {
  requirement: Requirement;
  check: CheckFact;
  /** The gravest incident behind the check; null where none is. */
  risk: IncidentFact | null;
  /** Every known result of this check and variant. */
  results: readonly ResultFact[];
}

export interface PlannedRequirement extends Requirement {
  /** Ids of the holds that keep the release from every machine that it would be asked on. Empty where it is asked. */
  heldBy: readonly string[];
}

/** A check that applies, before it is asked for variant by variant. */
interface BindingCheck {
  check: CheckFact;
  appliesBecause: string;
  guardsAgainst: readonly Reason[];
  risk: IncidentFact | null;
}

interface AskedVariant {
  key: string;
  variant: Variant | null;
  results: readonly ResultFact[];
}

/**
 * The requirements of a release, or of one that is only planned: required ones by check and variant, then
 * advisory ones. A check without variants is asked for once for each variant that results were reported for.
 */
export function planRequirements(facts: Facts, asOf: Instant): PlannedRequirement[] {
  const holds = holdsInForce(facts, asOf);
  return ask(facts, knownAt(facts, asOf)).asked.map(({ requirement }) => {
    const keeping = holdsKeeping(requirement.variant, holds);
    return { ...requirement, heldBy: keeping.map(({ id }) => id) };
  });
}

/** The requirements in their order, and the reported variants that none of them takes up. */
export function ask(facts: Facts, known: Known): { asked: Asked[]; ignored: IgnoredVariant[] } {
  const asked: Asked[] = [];
  const ignored: IgnoredVariant[] = [];
  for (const binding of bindingChecks(facts, known)) {
    const reported = known.reported.get(binding.check.key) ?? nothingReported;
    for (const { variant, results } of askedVariants(binding.check, reported)) {
      const { check, risk } = binding;
      asked.push({ requirement: requirementOf(binding, variant), check, risk, results });
    }
    ignored.push(...ignoredVariants(binding.check, reported));
  }
  return { asked, ignored };
}

/** The variants of a check that the gate asks for, each with its results. */
export function askedVariants(
  check: CheckFact,
  reported: ReadonlyMap<string, Reported>,
): AskedVariant[] {
  if (check.variants.length > 0) {
    return byKey(
      check.variants.map((variant) => {
        const key = variantKey(variant);
        return { key, variant, results: reported.get(key)?.results ?? [] };
      }),
    );
  }
  if (reported.size === 0) return [{ key: '', variant: null, results: [] }];
  return byKey([...reported].map(([key, { variant, results }]) => ({ key, variant, results })));
}

export const nothingReported: ReadonlyMap<string, Reported> = new Map();

/** Required ones first, each sort by key. */
function bindingChecks(facts: Facts, known: Known): BindingCheck[] {
  const instant = applicabilityInstant(facts, known.asOf);
  const binding: BindingCheck[] = [];
  for (const check of facts.checks) {
    if (!countsAt(check, instant)) continue;
    const links = known.links.get(check.key) ?? [];
    const standing = links.filter(({ incident }) => !incident.withdrawn).sort(byIncident);
    // All that it was written for has been withdrawn. A check that no incident names binds nevertheless.
    if (links.length > 0 && standing.length === 0) continue;
    const matches = matchFacets(check.appliesTo, facts);
    if (matches === null) continue;
    binding.push({
      check,
      appliesBecause: appliesBecause(matches, standing.length > 0),
      guardsAgainst: standing.map(reasonOf),
      risk: standing[0]?.incident ?? null,
    });
  }
  return binding.sort(
    (a, b) =>
      Number(a.check.enforcement === 'advisory') - Number(b.check.enforcement === 'advisory') ||
      (a.check.key < b.check.key ? -1 : 1),
  );
}

function ignoredVariants(
  check: CheckFact,
  reported: ReadonlyMap<string, Reported>,
): IgnoredVariant[] {
  if (check.variants.length === 0 || reported.size === 0) return [];
  const listed = new Set(check.variants.map(variantKey));
  const unlisted = [...reported].filter(([key]) => !listed.has(key));
  return byKey(unlisted.map(([key, { variant }]) => ({ key, variant }))).map(
    ({ variant }, place) => ({
      check: check.key,
      variant,
      nearMatches: place < lookedForMax ? nearVariants(variant, check.variants) : [],
    }),
  );
}

function requirementOf(binding: BindingCheck, variant: Variant | null): Requirement {
  const { check, appliesBecause, guardsAgainst } = binding;
  const { key, title, enforcement } = check;
  return { check: key, title, enforcement, variant, appliesBecause, guardsAgainst };
}

function reasonOf({ incident, why, publicWhy, proof }: Link): Reason {
  const { key, title, severity, publicTitle, products } = incident;
  return { incident: key, title, severity, why, publicTitle, publicWhy, proof, products };
}

function byIncident(a: Link, b: Link): number {
  return byGravity(a.incident, b.incident) || (a.why < b.why ? -1 : a.why > b.why ? 1 : 0);
}

function byKey<T extends { key: string }>(items: T[]): T[] {
  return items.sort((a, b) => (a.key < b.key ? -1 : 1));
}
