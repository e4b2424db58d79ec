/** Results over HTTP, handed in one by one or as a list. */
import { randomUUID } from 'node:crypto';
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers, Input } from '../../contract/handlers.ts';
import { pageOf } from '../../contract/page.ts';
import { type ProblemFault, unprocessable } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import type { Service } from '../../db/service.ts';
import { writerOf, written } from '../../db/write.ts';
import { findRelease } from '../find-release.ts';
import { findChecks, type NamedChecks } from '../named-checks.ts';
import { releaseAddress } from '../release-address.ts';
import { ignoredVariants, newResult, shardsWithoutRun, showResult } from './result.ts';
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
      const { run = randomUUID(), shards = null, results: inputs } = request.body;
      return write(request, 'submitResults', async (change) => {
        const found = await findRelease(change, request.caller, request.path);
        if (found.kind === 'problem') return found.answer;
        const { release } = found;
        const named = inputs.map(({ check }) => check);
        const checks = await findChecks(change, named, productsOf(request.caller));
        const faults = faultsOf(request.body, checks);
        if (faults.length > 0) return unprocessable(faults);

        const handedIn = inputs.flatMap((input) => {
          const check = checks.found.get(input.check);
          return check ? [{ check, input }] : [];
        });
        const report = await keepReport(change, {
          releaseId: release.id,
          run,
          shards,
          results: handedIn.map(({ check, input }) => newResult(input, check.id)),
          submittedBy: writerOf(request),
        });
        const rows = await resultsById(change, report.ids);
        const receipt = {
          run,
          shards: report.shards,
          results: rows.map(showResult),
          ignored: ignoredVariants(
            handedIn.map(({ check, input }) => ({ check, variant: input.variant ?? null })),
          ),
        };
        return written(
          { status: 201, body: receipt },
          { subject: `${releaseAddress(release)}/results`, change: { ...request.body, run } },
        );
      });
    },
  };
}

/** Every fault of the list at once: it is stored whole or not at all. */
function faultsOf(
  { run, shards, results }: Input<'submitResults'>['body'],
  { unknown }: NamedChecks,
): ProblemFault[] {
  const faults = results.flatMap(({ check }, index) => {
    const detail = unknown.get(check);
    return detail === undefined ? [] : [{ pointer: `/results/${index}/check`, detail }];
  });
  if (shards === undefined || run !== undefined) return faults;
  return [{ pointer: '/shards', detail: shardsWithoutRun }, ...faults];
}
