/** Regression checks over HTTP. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { pageOf } from '../contract/page.ts';
import { problem } from '../contract/problems.ts';
import { mayReachProduct, productsOf } from '../contract/product-scope.ts';
import { putFirst } from '../contract/put-first.ts';
import type { Service } from '../db/service.ts';
import { documentAnswer, listAnswer } from '../documents/answers.ts';
import { findDocument } from '../documents/store.ts';
import { type CheckBody, showCheck } from './check.ts';
import { type Candidates, dryRunCheck } from './dry-run.ts';
import { listRevisions, showRevision } from './history.ts';
import { putCheck } from './put-check.ts';
import { mayRead } from './scope.ts';
import { asTheyStand, listChecksOf } from './store.ts';

type CheckHandlers = Pick<Handlers, 'listChecks' | 'getCheck' | 'putCheck' | 'listCheckRevisions'>;

/** `candidates` tells what a change would do to releases under way. */
export function checkHandlers(
  { db, write }: Service,
  { candidates }: { candidates: Candidates },
): CheckHandlers {
  const findVisible = async (key: string, products: readonly string[] | null) => {
    const found = await findDocument<CheckBody>(db, 'regression_check', key);
    return found && mayRead(found.body, products) ? found : null;
  };

  return {
    async listChecks({ query, caller }) {
      const bound = productsOf(caller);
      const asked = query.product;
      const products =
        asked === undefined ? bound : [asked].filter((key) => mayReachProduct(caller, key));
      return listAnswer(
        query,
        async (range) => asTheyStand(db, await listChecksOf(db, { ...range, products })),
        (check) => showCheck(check, caller),
      );
    },

    async getCheck({ path, caller }) {
      const found = await findVisible(path.check, productsOf(caller));
      const [check] = found ? await asTheyStand(db, [found]) : [];
      return check
        ? documentAnswer(check, (document) => showCheck(document, caller))
        : checkNotFound(path.check);
    },

    async putCheck(request) {
      const { dryRun = false } = request.query;
      if (dryRun) {
        return write(request, 'putCheck', (change) => dryRunCheck(change, request, candidates));
      }
      return write(request, 'putCheck', (change) => putCheck(change, request));
    },

    async listCheckRevisions({ path, query, caller }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const found = await findVisible(path.check, productsOf(caller));
      if (!found) return checkNotFound(path.check);
      // One more than the page, which the last one on it is compared with.
      const rows = await listRevisions(db, found.id, {
        after: start.kind === 'after' ? start.position[0] : null,
        limit: query.limit + 1,
      });
      const pairs = rows.map((row, index) => ({ row, before: rows[index + 1] ?? null }));
      const show = ({ row, before }: (typeof pairs)[number]) => showRevision(row, before);
      return {
        status: 200,
        body: pageOf(pairs, query.limit, show, ({ row }) => [row.revision]),
      };
    },
  };
}

function checkNotFound(key: string) {
  return problem('not-found', putFirst('check', key));
}
