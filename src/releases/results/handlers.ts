/** Results over HTTP, handed in one by one or as a list. */
import { randomUUID } from 'node:crypto';
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers, Input } from '../../contract/handlers.ts';
import { pageOf } from '../../contract/page.ts';
import { type ProblemFault, unprocessable } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import type { Service } from '../../db/service.ts';
import { tokenOf, writerOf, written } from '../../db/write.ts';
import { findRelease } from '../find-release.ts';
import { findChecks, type NamedChecks } from '../named-checks.ts';
import { releaseAddress } from '../release-address.ts';
import { faultsOfEvidence } from './evidence.ts';
import { announcesMore, faultsOfNumbering } from './numbering.ts';
import {
  ignoredVariants,
  newResult,
  showResult,
  traceOfReport,
  unlistedArtifacts,
} from './result.ts';
import { fingerprintOf } from './run.ts';
import { keepReport, listResultsOf, resultsById } from './store.ts';

export function resultHandlers({
  db,
  write,
}: Service): Pick<Handlers, 'listResults' | 'submitResults'> {
  return {
    async listResults({ path, query, caller }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const found = await findRelease(db, caller, path);
      if (found.kind === 'problem') return found.answer;
      const rows = await listResultsOf(db, found.release.id, {
        check: query.check ?? null,
        after: start.kind === 'after' ? start.position[0] : null,
        limit: query.limit + 1,
      });
      return { status: 200, body: pageOf(rows, query.limit, showResult, ({ id }) => [id]) };
    },

    async submitResults(request) {
      const { run = randomUUID(), shards = null, shard = null, results: inputs } = request.body;
      return write(request, 'submitResults', async (change) => {
        const found = await findRelease(change, request.caller, request.path);
        if (found.kind === 'problem') return found.answer;
        const { release } = found;
        const named = inputs.map(({ check }) => check);
        const checks = await findChecks(change, named, productsOf(request.caller));
        const faults = faultsOf(request.body, checks, tokenOf(request).role);
        if (faults.length > 0) return unprocessable(faults);

        const handedIn = inputs.flatMap((input) => {
          const check = checks.found.get(input.check);
          return check ? [{ check, input }] : [];
        });
        const results = handedIn.map(({ check, input }) => newResult(input, check.id));
        const report = await keepReport(change, {
          releaseId: release.id,
          run,
          shards,
          shard,
          fingerprint: fingerprintOf(results),
          results,
          submittedBy: writerOf(request),
        });
        if (report.kind === 'announces_more') {
          const { field, detail } = announcesMore(run, report.announced);
          return unprocessable([{ pointer: `/${field}`, detail }]);
        }
        const byId = new Map((await resultsById(change, report.ids)).map((row) => [row.id, row]));
        const receipt = {
          run,
          shards: report.shards,
          results: report.ids.flatMap((id) => {
            const row = byId.get(id);
            return row ? [showResult(row)] : [];
          }),
          ignored: ignoredVariants(
            handedIn.map(({ check, input }) => ({ check, variant: input.variant ?? null })),
          ),
          unlistedArtifacts: unlistedArtifacts(
            release.body.artifacts,
            results.map(({ artifact }) => artifact),
          ),
        };
        const answer = { status: 201, body: receipt } as const;
        if (!report.changed) return answer;
        const subject = `${releaseAddress(release)}/results`;
        return written(answer, { subject, change: traceOfReport(run, report) });
      });
    },
  };
}

/** Every fault of the list at once: it is stored whole or not at all. */
function faultsOf(
  body: Input<'submitResults'>['body'],
  { found, unknown }: NamedChecks,
  role: string,
): ProblemFault[] {
  const ofRun = faultsOfNumbering(body).map(({ field, detail }) => ({
    pointer: `/${field}`,
    detail,
  }));
  const ofResults = body.results.flatMap((result, index) => {
    const check = found.get(result.check);
    const faults = check
      ? faultsOfEvidence(check, result, role)
      : [{ field: 'check', detail: unknown.get(result.check) ?? '' }];
    return faults.map(({ field, detail }) => ({ pointer: `/results/${index}/${field}`, detail }));
  });
  return [...ofRun, ...ofResults];
}
