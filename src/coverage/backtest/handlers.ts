/** Backtests over HTTP: would the gate have stopped it? */
import type { Kysely } from 'kysely';
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { pageOf } from '../../contract/page.ts';
import { problem } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import type { components } from '../../contract/types.gen.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { Service } from '../../db/service.ts';
import { backtestRelease } from './backtest-release.ts';
import {
  type FaultyRelease,
  findPastIncident,
  listFaultyReleases,
  listPastIncidents,
  type PastIncident,
} from './store.ts';

type Schemas = components['schemas'];

/** Releases of one incident in the list of all; the rest is read by incident. */
const releasesShownMax = 5;

export function backtestHandlers({
  db,
}: Pick<Service, 'db'>): Pick<Handlers, 'backtestIncidents' | 'backtestIncident'> {
  return {
    async backtestIncidents({ query, caller }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const reachable = productsOf(caller);
      const after = start.kind === 'after' ? start.position[0] : null;
      const found = await listPastIncidents(db, { after, limit: query.limit + 1 }, reachable);
      const { items, next } = pageOf(
        found,
        query.limit,
        (incident) => incident,
        ({ id }) => [id],
      );
      const tested: Schemas['BacktestedIncident'][] = [];
      for (const incident of items) tested.push(await backtested(db, incident, reachable));
      return {
        status: 200,
        body: next === undefined ? { items: tested } : { items: tested, next },
      };
    },

    async backtestIncident({ path, query, caller }) {
      const start = readCursor(query.cursor, ['text', 'integer']);
      if (start.kind === 'bad') return badCursor();
      const reachable = productsOf(caller);
      const incident = await findPastIncident(db, path.incident, reachable);
      if (!incident) return nothingToTest(path.incident);
      const after = start.kind === 'after' ? start.position : null;
      const range = { after, limit: query.limit + 1 };
      const found = await listFaultyReleases(db, incident.id, range, reachable);
      const page = pageOf(
        found,
        query.limit,
        (release) => release,
        ({ point, id }) => [point, id],
      );
      const { key, title, severity } = incident;
      const items = await testAll(db, incident, page.items);
      return { status: 200, body: { ...page, incident: key, title, severity, items } };
    },
  };
}

async function backtested(
  db: Kysely<Database>,
  incident: PastIncident,
  reachable: readonly string[] | null,
): Promise<Schemas['BacktestedIncident']> {
  const range = { after: null, limit: releasesShownMax + 1 };
  const found = await listFaultyReleases(db, incident.id, range, reachable);
  const { key, title, severity } = incident;
  return {
    incident: key,
    title,
    severity,
    releases: await testAll(db, incident, found.slice(0, releasesShownMax)),
    hasMoreReleases: found.length > releasesShownMax,
  };
}

/** One after the other: a backtest must not hold every connection of the pool. */
async function testAll(
  db: Kysely<Database>,
  incident: PastIncident,
  releases: readonly FaultyRelease[],
): Promise<Schemas['BacktestedRelease'][]> {
  const tested: Schemas['BacktestedRelease'][] = [];
  for (const release of releases) tested.push(await backtestRelease(db, incident, release));
  return tested;
}

function nothingToTest(key: string) {
  return problem(
    'not-found',
    `There is no incident ${key} to test against, or this token may not know of it; withdrawn ones count for nothing. List the incidents to find its key.`,
  );
}
