/** Test reports over HTTP: read as they come, and turned into results. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Handlers } from '../../contract/handlers.ts';
import {
  invalidRequest,
  type ProblemFault,
  problem,
  unprocessable,
} from '../../contract/problems.ts';
import type { components } from '../../contract/types.gen.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { Service } from '../../db/service.ts';
import { writerOf, written } from '../../db/write.ts';
import { planRequirements, type Variant } from '../../gate/index.ts';
import { factsByRing, type ReleaseInRings } from '../facts-by-ring.ts';
import { findRelease } from '../find-release.ts';
import { releaseAddress } from '../release-address.ts';
import { announcesMore, faultsOfNumbering, type NumberingFault } from '../results/numbering.ts';
import {
  ignoredVariants,
  type NewResult,
  traceOfReport,
  unlistedArtifacts,
} from '../results/result.ts';
import { fingerprintOf } from '../results/run.ts';
import { keepReport } from '../results/store.ts';
import type { CheckOutcome } from './case-tally.ts';
import { readCases } from './read-cases.ts';
import { type ClaimingCheck, claimingChecks } from './store.ts';
import { readVariant } from './variant-parameter.ts';

type Receipt = components['schemas']['TestReportReceipt'];

export function testReportHandlers({ db, write }: Service): Pick<Handlers, 'importTestReport'> {
  return {
    async importTestReport(request) {
      const { artifact = null, run = randomUUID(), shards = null, shard = null } = request.query;
      const named = readVariant(request.query.variant ?? []);
      if (named.kind === 'faulty') return invalidRequest(named.faults);
      const { variant } = named;
      const misnumbered = faultsOfNumbering(request.query).map(asParameter);
      if (misnumbered.length > 0) return unprocessable(misnumbered);
      const found = await findRelease(db, request.caller, request.path);
      if (found.kind === 'problem') return found.answer;
      const { product, release } = found;

      // All of this comes before the transaction, so that a slow upload does not hold the release.
      const checks = await claimingChecks(db, product.key);
      const read = await readCases(request.body, checks);
      if (read.kind === 'refused') return problem('unprocessable', read.detail);
      const { format, cases, aborted, tally, fingerprint } = read;
      const answered = withChecks(tally.results, checks);
      const required = await requiredInAnyRing(db, { ...release, rings: product.rings });

      return write({ ...request, fingerprint }, 'importTestReport', async (change) => {
        const report = await keepReport(change, {
          releaseId: release.id,
          run,
          shards,
          shard,
          fingerprint: fingerprintOf({ bytes: fingerprint, variant, artifact }),
          results: answered.map((one) => newResult(one, { variant, artifact })),
          submittedBy: writerOf(request),
        });
        if (report.kind === 'announces_more') {
          return unprocessable([asParameter(announcesMore(run, report.announced))]);
        }
        const ignored = ignoredVariants(answered.map(({ check }) => ({ check, variant })));
        const unanswered = [...tally.checksWithoutCases, ...ignored.map(({ check }) => check)];
        const receipt: Receipt = {
          format,
          run,
          shards: report.shards,
          cases,
          ...(aborted !== null && { aborted }),
          results: answered.map(({ outcome: { check, outcome, cases, failedCases } }, index) => {
            const id = String(report.ids[index]);
            return { id, check, variant, outcome, cases, failedCases };
          }),
          checksWithoutCases: unanswered.filter((key) => required.has(key)).sort(),
          checksBelowMinimum: tally.checksBelowMinimum,
          casesWithoutCheck: tally.casesWithoutCheck,
          ignored,
          unlistedArtifacts: unlistedArtifacts(release.body.artifacts, [artifact]),
        };
        const answer = { status: 201, body: receipt } as const;
        if (!report.changed) return answer;
        const subject = `${releaseAddress(release)}/test-reports`;
        return written(answer, {
          subject,
          change: { format, cases, ...traceOfReport(run, report) },
        });
      });
    },
  };
}

function asParameter({ field, detail }: NumberingFault): ProblemFault {
  return { parameter: field, detail };
}

/** What came of a check, with the check itself. */
interface Answered {
  check: ClaimingCheck;
  outcome: CheckOutcome;
}

function withChecks(
  outcomes: readonly CheckOutcome[],
  checks: readonly ClaimingCheck[],
): Answered[] {
  const byKey = new Map(checks.map((check) => [check.key, check]));
  return outcomes.flatMap((outcome) => {
    const check = byKey.get(outcome.check);
    return check ? [{ check, outcome }] : [];
  });
}

function newResult(
  { check, outcome }: Answered,
  { variant, artifact }: { variant: Variant | null; artifact: string | null },
): NewResult {
  return {
    checkId: check.id,
    variant,
    outcome: outcome.outcome,
    reason: outcome.reason,
    artifact,
    evidenceUrl: null,
    finishedAt: null,
    machines: null,
    hours: null,
    failedCases: outcome.failedCases,
  };
}

/** Keys of the checks that the release must pass to enter some ring, entered or not. */
async function requiredInAnyRing(
  db: Kysely<Database>,
  release: ReleaseInRings,
): Promise<Set<string>> {
  const required = new Set<string>();
  for await (const { facts, asOf } of factsByRing(db, release)) {
    for (const { check, enforcement, heldBy } of planRequirements(facts, asOf)) {
      if (enforcement === 'required' && heldBy.length === 0) required.add(check);
    }
  }
  return required;
}
