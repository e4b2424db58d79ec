/** Public reports over HTTP. Nobody needs a token for them. */
import { createHash } from 'node:crypto';
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { etag, isUnchanged, notModified } from '../contract/if-match.ts';
import { pageOf } from '../contract/page.ts';
import { problem } from '../contract/problems.ts';
import type { Service } from '../db/service.ts';
import { links } from '../web/links.ts';
import { reportOf, summaryOf } from './projection.ts';
import { filterOf } from './report-filter.ts';
import { findPublished, listPublished } from './store.ts';

export function reportHandlers({
  db,
  publicUrl,
}: Service): Pick<Handlers, 'listReports' | 'getReport'> {
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
      const found = await findPublished(db, path.incident);
      if (!found) {
        return problem(
          'not-found',
          `There is no report ${path.incident}. Published reports are listed at ${links.reportsJson()}.`,
        );
      }
      const report = reportOf(found, publicUrl);
      const current = etag(digestOf(report));
      if (isUnchanged(headers['If-None-Match'], current)) return notModified(current);
      return { status: 200, headers: { ETag: current }, body: report };
    },
  };
}

/** Moves with everything that the answer shows, also with what is not the incident's own, such as a product's name. */
function digestOf(body: object): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27);
}
