/** The list of published reports, with its search and its filters; also the front page. */
import { Layout } from '../web/layout.tsx';
import { links, type ReportsQuery } from '../web/links.ts';
import { excerptOf } from '../web/markdown.ts';
import { Day } from '../web/moments.tsx';
import type { Site } from '../web/site.ts';
import { occurrences, severities, stages } from '../web/words.ts';
import type { ReportSummary } from './projection.ts';
import { searchCharactersMax } from './report-filter.ts';
import { inSeries } from './series.ts';
import { SeverityMark } from './severity-mark.tsx';

export interface ReportList {
  reports: readonly ReportSummary[];
  /** The products to choose from. */
  products: readonly { key: string; name: string }[];
  /** What was asked for, as it stood in the address. */
  query: ReportsQuery;
  /** Where the next page begins; absent on the last one. */
  next?: string | undefined;
}

const purpose = (publisher: string) =>
  `Releases that went wrong, as ${publisher} reports them: whom each concerned, what to do, why it happened, and what now keeps it from happening again.`;

/** The front page: what this is, and what changed last. */
export function HomePage({ site, list }: { site: Site; list: ReportList }) {
  return (
    <Layout
      site={site}
      title="Release reports"
      description={purpose(site.publisherName)}
      address={links.home()}
      json={links.reportsJson()}
    >
      <div class="hero">
        <h1>Release reports</h1>
        <p class="lead">{purpose(site.publisherName)}</p>
      </div>
      <FilterForm list={list} />
      <Results list={list} heading="Last changed" />
    </Layout>
  );
}

export function ListPage({ site, list }: { site: Site; list: ReportList }) {
  return (
    <Layout
      site={site}
      title="All reports"
      description={purpose(site.publisherName)}
      address={links.reports()}
      json={links.reportsJson()}
      here="reports"
    >
      <div class="hero">
        <h1>All reports</h1>
      </div>
      <FilterForm list={list} />
      <Results
        list={list}
        heading={isFiltered(list.query) ? 'Reports found' : 'Last changed first'}
      />
    </Layout>
  );
}

function FilterForm({ list: { query, products } }: { list: ReportList }) {
  return (
    <search>
      <form class="filter" action={links.reports()} method="get">
        <div class="field wide">
          <label for="q">Search</label>
          <input
            id="q"
            name="q"
            type="search"
            value={query.q ?? ''}
            maxlength={searchCharactersMax}
          />
        </div>
        <div class="field">
          <label for="product">Product</label>
          <select id="product" name="product">
            <option value="">Any</option>
            {products.map(({ key, name }) => (
              <option value={key} selected={key === query.product}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="severity">Severity</label>
          <select id="severity" name="severity">
            <option value="">Any</option>
            {Object.entries(severities).map(([severity, { word }]) => (
              <option value={severity} selected={severity === query.severity}>
                {word}
              </option>
            ))}
          </select>
        </div>
        <button type="submit">Show</button>
      </form>
    </search>
  );
}

function Results({ list, heading }: { list: ReportList; heading: string }) {
  const { reports, query, next } = list;
  return (
    <section aria-labelledby="results">
      <h2 id="results" class="results-heading">
        {heading}
      </h2>
      {reports.length === 0 ? (
        <Nothing query={query} />
      ) : (
        <ul class="reports">
          {reports.map((report) => (
            <Item report={report} />
          ))}
        </ul>
      )}
      {(query.cursor || next) && (
        <nav class="paging" aria-label="Pages">
          {query.cursor && <a href={links.reports({ ...query, cursor: undefined })}>First page</a>}
          {next && (
            <a rel="next" href={links.reports({ ...query, cursor: next })}>
              Next page
            </a>
          )}
        </nav>
      )}
    </section>
  );
}

function Item({ report }: { report: ReportSummary }) {
  const { key, title, status, occurrence, stage, severity, products, summary } = report;
  return (
    <li>
      <article class="entry">
        <p class="kicker">
          <SeverityMark severity={severity} />
          {status === 'withdrawn' && <strong class="stamp">Withdrawn</strong>}
          <span>{key}</span>
          {occurrence === 'near_miss' && <span>{occurrences.near_miss}</span>}
          {stage === 'preliminary' && <span>{stages.preliminary}</span>}
        </p>
        <h3>
          <a href={links.report(key)}>{title}</a>
        </h3>
        {products.length > 0 && (
          <p class="products">
            {inSeries(
              products.map(({ name }) => name),
              'and',
            )}
          </p>
        )}
        <p>{excerptOf(summary, 240)}</p>
        <p class="quiet">
          Published <Day at={report.publishedAt} />, last changed <Day at={report.updatedAt} />
        </p>
      </article>
    </li>
  );
}

function Nothing({ query }: { query: ReportsQuery }) {
  if (!isFiltered(query)) {
    return <p class="nothing">Nothing has been published yet.</p>;
  }
  return (
    <p class="nothing">
      No published report fits this. <a href={links.reports()}>Show all reports</a>, or search for
      fewer words.
    </p>
  );
}

function isFiltered({ product, severity, q }: ReportsQuery): boolean {
  return Boolean(product || severity || q);
}
