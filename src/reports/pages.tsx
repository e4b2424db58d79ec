/** The public pages about published incidents. They call the same store functions as the handlers. */
import { raw } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { readCursor } from '../contract/cursor.ts';
import { pageOf } from '../contract/page.ts';
import type { Service } from '../db/service.ts';
import type { ReportsQuery } from '../web/links.ts';
import type { Pages } from '../web/page.ts';
import { badRequestPage, notFoundPage } from '../web/status-pages.tsx';
import { ReportPage } from './article/report-page.tsx';
import { HomePage, ListPage, type ReportList } from './list-page.tsx';
import { summaryOf } from './projection.ts';
import type { KnownReport } from './remembered-reports.ts';
import { type ReportFilter, readFilter } from './report-filter.ts';
import { listPublished, listReportedProducts, type ReportPosition } from './store.ts';

/** Reports on one page of the list. */
const pageLength = 20;

/** What a key of an incident looks like; nothing else is looked for. */
const incidentKey = /^[A-Z][A-Z0-9]{0,15}-[0-9]{4}-[0-9]{4,24}$/;

export function reportPages(
  service: Service,
  findReport: (key: string) => Promise<KnownReport | null>,
): Pick<Pages, 'home' | 'reports' | 'report'> {
  const { db, publicUrl } = service;
  const drawn = new WeakMap<KnownReport, JSX.Element>();

  const list = async (
    filter: ReportFilter,
    after: ReportPosition | null,
    query: ReportsQuery,
  ): Promise<ReportList> => {
    const found = await listPublished(db, filter, { after, limit: pageLength + 1 });
    const { items, next } = pageOf(
      found,
      pageLength,
      (incident) => summaryOf(incident, publicUrl),
      ({ updatedAt, id }) => [updatedAt, id],
    );
    return { reports: items, next, products: await listReportedProducts(db), query };
  };

  return {
    async home() {
      const everything = { product: null, severity: null, words: [] };
      return {
        status: 200,
        body: <HomePage site={service} list={await list(everything, null, {})} />,
      };
    },

    async reports({ query }) {
      const filter = readFilter(query);
      if ('fault' in filter) return badRequestPage(service, filter.fault);
      const cursor = query.get('cursor') || undefined;
      const start = readCursor(cursor, ['instant', 'integer']);
      if (start.kind === 'bad') return badRequestPage(service, 'No list of reports goes on there.');

      const after = start.kind === 'after' ? start.position : null;
      const asked = (name: string) => query.get(name) || undefined;
      const shown = await list(filter, after, {
        product: asked('product'),
        severity: asked('severity'),
        q: asked('q'),
        cursor,
      });
      return { status: 200, body: <ListPage site={service} list={shown} /> };
    },

    async report({ path: { incident = '' } }) {
      if (!incidentKey.test(incident)) return notFoundPage(service);
      const found = await findReport(incident);
      if (!found) return notFoundPage(service, `There is no report ${incident}.`);
      const body = drawn.get(found) ?? (await draw(found));
      drawn.set(found, body);
      return { status: 200, body };
    },
  };

  async function draw({ report, productNames }: KnownReport): Promise<JSX.Element> {
    const page = <ReportPage site={service} report={report} names={productNames} />;
    return raw(`${await page}`);
  }
}
