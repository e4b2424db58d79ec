/** How releases shipped, month by month, over HTTP. */
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { pageOf } from '../../contract/page.ts';
import { productsOf } from '../../contract/product-scope.ts';
import type { components } from '../../contract/types.gen.ts';
import type { Service } from '../../db/service.ts';
import { listShippedMonths, type ShippedMonth } from './store.ts';

type ShippingQuality = components['schemas']['ShippingQuality'];

export function qualityHandlers({ db }: Service): Pick<Handlers, 'listShippingQuality'> {
  return {
    async listShippingQuality({ query, caller }) {
      const { product = null, ring = null, since = null, limit } = query;
      const start = readCursor(query.cursor, ['text', 'text']);
      if (start.kind === 'bad') return badCursor();
      const months = await listShippedMonths(db, {
        products: productsOf(caller),
        product,
        ring,
        since,
        after: start.kind === 'after' ? start.position : null,
        limit: limit + 1,
      });
      const position = (row: ShippedMonth) => [row.month, row.product];
      return { status: 200, body: pageOf(months, limit, showMonth, position) };
    },
  };
}

function showMonth(month: ShippedMonth): ShippingQuality {
  const { shipped, onWaivers, pastGate, afterwards } = month;
  const asked = shipped - afterwards;
  return { ...month, exceptionShare: asked === 0 ? null : (onWaivers + pastGate) / asked };
}
