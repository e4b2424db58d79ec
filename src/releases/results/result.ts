/** Results: what is handed in, what is kept, and which variants count for nothing. */
import type { components } from '../../contract/types.gen.ts';
import { utcInstant } from '../../contract/utc-instant.ts';
import { lookedForMax, nearVariants, type Variant, variantKey } from '../../gate/index.ts';
import type { NamedCheck } from '../named-checks.ts';

export type Result = components['schemas']['Result'];
export type ResultInput = components['schemas']['ResultInput'];
export type IgnoredVariant = components['schemas']['IgnoredVariant'];
export type ShardCount = components['schemas']['ShardCount'];

/** A result on its way into the database. */
export interface NewResult {
  checkId: number;
  variant: Variant | null;
  outcome: Result['outcome'];
  reason: string | null;
  /** SHA-256 of the artifact that it ran on; null for those that the release lists when it comes. */
  artifact: string | null;
  evidenceUrl: string | null;
  finishedAt: string | null;
  machines: number | null;
  hours: number | null;
  failedCases: readonly string[];
}

/** What was handed in, complete. */
export function newResult(input: ResultInput, checkId: number): NewResult {
  return {
    checkId,
    variant: input.variant ?? null,
    outcome: input.outcome,
    reason: input.reason ?? null,
    artifact: input.artifactSha256 ?? null,
    evidenceUrl: input.evidenceUrl ?? null,
    finishedAt: input.finishedAt ? utcInstant(input.finishedAt) : null,
    machines: input.machines ?? null,
    hours: input.hours ?? null,
    failedCases: input.failedCases ?? [],
  };
}

/** A result as it stands in the database. */
export interface StoredResult {
  id: number;
  check: string;
  variant: unknown;
  outcome: string;
  reason: string | null;
  run: string;
  artifacts: string[];
  evidence_url: string | null;
  finished_at: string | null;
  machines: number | null;
  hours: number | null;
  failed_cases: string[];
  received_at: string;
  submitted_by: string;
}

export function showResult(row: StoredResult): Result {
  return {
    id: String(row.id),
    check: row.check,
    variant: row.variant as Variant | null,
    outcome: row.outcome as Result['outcome'],
    reason: row.reason,
    run: row.run,
    artifacts: row.artifacts,
    evidenceUrl: row.evidence_url,
    finishedAt: row.finished_at,
    machines: row.machines,
    hours: row.hours,
    failedCases: row.failed_cases,
    receivedAt: row.received_at,
    submittedBy: row.submitted_by,
  };
}

/** What the audit trail says of a report: where its results are, which stand in the release's own list as they came. */
export function traceOfReport(
  run: string,
  { shards, ids }: { shards: ShardCount; ids: readonly number[] },
) {
  const [first] = ids;
  const last = ids.at(-1);
  return {
    run,
    shards,
    results: ids.length,
    ...(first !== undefined &&
      last !== undefined && { firstResult: String(first), lastResult: String(last) }),
  };
}

type CheckWithVariants = Pick<NamedCheck, 'key' | 'variants'>;

/** Variants that their check does not list, each once, in the order in which they were handed in. */
export function ignoredVariants(
  reported: Iterable<{ check: CheckWithVariants; variant: Variant | null }>,
): IgnoredVariant[] {
  const listedBy = new Map<CheckWithVariants, ReadonlySet<string>>();
  const ignored = new Map<string, IgnoredVariant>();
  for (const { check, variant } of reported) {
    if (check.variants.length === 0) continue;
    const listed = listedBy.get(check) ?? new Set(check.variants.map(variantKey));
    listedBy.set(check, listed);
    const key = variantKey(variant);
    if (listed.has(key) || ignored.has(`${check.key} ${key}`)) continue;
    const nearMatches = ignored.size < lookedForMax ? nearVariants(variant, check.variants) : [];
    ignored.set(`${check.key} ${key}`, { check: check.key, variant, nearMatches });
  }
  return [...ignored.values()];
}

/** Artifacts that are named and not listed, each once; none where the release lists none, since then every result counts. */
export function unlistedArtifacts(
  listed: readonly { sha256: string }[],
  named: Iterable<string | null>,
): string[] {
  if (listed.length === 0) return [];
  const known = new Set(listed.map(({ sha256 }) => sha256));
  const unlisted = new Set<string>();
  for (const artifact of named)
    if (artifact !== null && !known.has(artifact)) unlisted.add(artifact);
  return [...unlisted];
}
