/** Releases over HTTP. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { pageOf } from '../contract/page.ts';
import { type ProblemFault, unprocessable } from '../contract/problems.ts';
import { mayReachProduct, productNotFound } from '../contract/product-scope.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import { checkVersion, pointOf } from '../versions/index.ts';
import { findProductFor, findRelease } from './find-release.ts';
import {
  type BriefRelease,
  completeRelease,
  faultsOfFacts,
  type Release,
  type StoredRelease,
  showRelease,
  summarizeRelease,
} from './release.ts';
import { releaseAddress } from './release-address.ts';
import { shipmentsOf } from './shipment-store.ts';
import { findReleaseRow, holdProduct, listReleaseRows, putReleaseRow } from './store.ts';

type ReleaseHandlers = Pick<Handlers, 'listReleases' | 'getRelease' | 'putRelease'>;

export function releaseHandlers({ db, write }: Service): ReleaseHandlers {
  return {
    async listReleases({ path, query, caller }) {
      const start = readCursor(query.cursor, ['instant', 'integer']);
      if (start.kind === 'bad') return badCursor();
      const found = await findProductFor(db, caller, path.product);
      if (found.kind === 'problem') return found.answer;
      const rows = await listReleaseRows(db, found.product.id, {
        after: start.kind === 'after' ? start.position : null,
        limit: query.limit + 1,
      });
      const shipments = await shipmentsOf(
        db,
        rows.map(({ id }) => id),
      );
      const show = (row: BriefRelease) => summarizeRelease(row, shipments.get(row.id) ?? []);
      const body = pageOf(rows, query.limit, show, ({ registeredAt, id }) => [registeredAt, id]);
      return { status: 200, body };
    },

    async getRelease({ path, caller }) {
      const found = await findRelease(db, caller, path);
      if (found.kind === 'problem') return found.answer;
      return { status: 200, body: await withShipments(db, found.release) };
    },

    async putRelease(request) {
      const { path, caller } = request;
      const body = completeRelease(request.body);
      return write(request, 'putRelease', async (change) => {
        const product = mayReachProduct(caller, path.product)
          ? await holdProduct(change, path.product)
          : null;
        if (!product) return productNotFound(path.product);
        const version = checkVersion(product.versionScheme, path.version);
        const faults: ProblemFault[] = faultsOfFacts(body, product);
        if (!version.ok) {
          const detail = `${version.reason} (at position ${version.position})`;
          faults.unshift({ parameter: 'version', detail });
        }
        if (!version.ok || faults.length > 0) return unprocessable(faults);
        const { canonical, sortKey } = version;
        const named = { version: path.version, canonical, point: pointOf(sortKey, product.key) };
        const put = await putReleaseRow(change, product, named, body, writerOf(request));
        const row = await findReleaseRow(change, product.id, canonical);
        if (!row) throw new Error('A release that was put is not there.');
        const shown = await withShipments(change, row);
        const subject = releaseAddress(row);
        if (put.kind === 'unchanged') return { status: 200 as const, body: shown };
        if (put.kind === 'replaced') {
          return written({ status: 200, body: shown }, { subject, change: body });
        }
        const headers = { Location: subject };
        return written({ status: 201, headers, body: shown }, { subject, change: body });
      });
    },
  };
}

async function withShipments(db: Service['db'] | Change, row: StoredRelease): Promise<Release> {
  const shipments = await shipmentsOf(db, [row.id]);
  return showRelease(row, shipments.get(row.id) ?? []);
}
