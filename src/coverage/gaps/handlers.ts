/** Coverage over HTTP: what nothing guards against, as lists to work through. */
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { pageOf } from '../../contract/page.ts';
import { productsOf } from '../../contract/product-scope.ts';
import type { Service } from '../../db/service.ts';
import { type Gap, showGap } from './gap.ts';
import { countGaps, type ListedGap, listGaps } from './store.ts';

/** Named as keys, so that a kind more or less than the contract has does not compile. */
const kinds: Record<Gap, true> = {
  incidents_without_check: true,
  checks_never_run: true,
  checks_never_red: true,
  checks_always_waived: true,
  root_causes_without_enforced_action: true,
  drivers_without_guard: true,
};

export function gapHandlers({
  db,
}: Pick<Service, 'db'>): Pick<Handlers, 'getCoverage' | 'listCoverageGaps'> {
  return {
    async getCoverage({ caller }) {
      const gaps: { gap: Gap; count: number }[] = [];
      for (const gap of Object.keys(kinds) as Gap[]) {
        gaps.push({ gap, count: await countGaps(db, gap, productsOf(caller)) });
      }
      return { status: 200, body: { gaps } };
    },

    async listCoverageGaps({ path: { gap }, query, caller }) {
      const start = readCursor(query.cursor, ['text', 'integer', 'integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position : null;
      const range = { after, limit: query.limit + 1 };
      const rows = await listGaps(db, gap, range, productsOf(caller));
      const position = ({ weight, id, place }: ListedGap) => [weight, id, place];
      return {
        status: 200,
        body: pageOf(rows, query.limit, (row) => showGap(gap, row), position),
      };
    },
  };
}
