/** Public reports over HTTP. Nobody needs a token for them. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { isUnchanged, notModified } from '../contract/if-match.ts';
import { pageOf } from '../contract/page.ts';
import { problem } from '../contract/problems.ts';
import type { Service } from '../db/service.ts';
import { links } from '../web/links.ts';
import { summaryOf } from './projection.ts';
import type { KnownReport } from './remembered-reports.ts';
import { filterOf } from './report-filter.ts';
import { listPublished } from './store.ts';

export function reportHandlers(
  { db, publicUrl }: Service,
  findReport: (key: string) => Promise<KnownReport | null>,
): Pick<Handlers, 'listReports' | 'getReport'> {
  return {
    async listReports({ query }) {
      const start = readCursor(query.cursor, ['instant', 'integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position : null;
      const found = await listPublished(db, filterOf(query), { after, limit: query.limit + 1 });
      const body = pageOf(
        found,
        query.limit,
        (incident) => summaryOf(incident, publicUrl),
        ({ updatedAt, id }) => [updatedAt, id],
      );
      return { status: 200, body };
    },

    async getReport({ path, headers }) {
      const found = await findReport(path.incident);
      if (!found) {
        return problem(
          'not-found',
          `There is no report ${path.incident}. Published reports are listed at ${links.reportsJson()}.`,
        );
      }
      if (isUnchanged(headers['If-None-Match'], found.etag)) return notModified(found.etag);
      return { status: 200, headers: { ETag: found.etag }, body: found.json };
    },
  };
}
