/** What the database finds by the index on spans is what the exact test finds over every recorded range. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listFaultyReleases } from '../../src/coverage/backtest/store.ts';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { knownFaults } from '../../src/gate/known-faulty.ts';
import { insertBindings } from '../../src/incidents/bindings-store.ts';
import { loadFacts } from '../../src/releases/gate-facts.ts';
import {
  checkVersion,
  contains,
  parseRange,
  pointOf,
  readVersion,
  type Scheme,
  schemes,
  type Version,
} from '../../src/versions/index.ts';
import { testDatabase } from '../support/databases.ts';

/** Few, so that the same come again as bounds, exceptions and releases; among them what frames a span. */
const versionIn: Record<Scheme, fc.Arbitrary<string>> = {
  intdot: fc
    .array(fc.constantFrom('0', '1', '2', '007', '9', '10', '99', '100', '123456789012'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.join('.')),
  semver: fc
    .tuple(
      fc.constantFrom('0.0.0', '1.0.0', '1.2.0', '1.10.0', '10.0.0'),
      fc.constantFrom('', '', '-1', '-10', '-a', '-a.1', '-a-b'),
      fc.constantFrom('', '', '+b', '+c.1'),
    )
    .map((parts) => parts.join('')),
  datetime: fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('', '.5', '.50', '.123456789'))
    .chain(([second, decimals]) =>
      fc.constantFrom(
        `2024-07-19T04:09:0${second}${decimals}Z`,
        `2024-07-19T06:09:0${second}${decimals}+02:00`,
      ),
    ),
  lexicographic: fc
    .array(fc.constantFrom('a', 'b', 'Z', '0', ' ', '!', '~', 'é', '中', '\uffee', '😀'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((characters) => characters.join('')),
};

const scheme = fc.constantFrom(...schemes);
/** Two products whose keys begin alike. */
const productIn = (of: Scheme) => fc.constantFrom(of, `${of}-2`);
const schemeOf = (product: string) => product.replace(/-2$/, '') as Scheme;

function read(of: Scheme, text: string): Version {
  const reading = readVersion(of, text);
  if (!reading.ok) throw new Error(`${text}: ${reading.reason}`);
  return reading.version;
}

function bySortKey(a: Version, b: Version): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return (a.build ?? '') < (b.build ?? '') ? -1 : 1;
}

/** Canonical ranges, of bounds on either side or on one, of single versions, and of exceptions. */
const recorded = scheme.chain((of) =>
  fc
    .record({
      product: productIn(of),
      named: fc.uniqueArray(versionIn[of], {
        maxLength: 5,
        selector: (text) => read(of, text).canonical,
      }),
      kinds: fc.array(fc.constantFrom('bound', 'bound', 'single', '!='), {
        minLength: 5,
        maxLength: 5,
      }),
      inclusive: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      fromBeginning: fc.boolean(),
    })
    .map(({ product, named, kinds, inclusive, fromBeginning }) => {
      let isOpen = fromBeginning;
      const parts = named
        .map((text) => read(of, text))
        .sort(bySortKey)
        .map(({ text, build }, place) => {
          const written = encodeURIComponent(text)
            .replaceAll('%2B', '+')
            .replaceAll('%3A', ':')
            .replaceAll('!', '%21');
          if (kinds[place] === '!=') return `!=${written}`;
          if (build !== null || (kinds[place] === 'single' && !isOpen)) return written;
          isOpen = !isOpen;
          return `${isOpen ? '>' : '<'}${inclusive[place] ? '=' : ''}${written}`;
        });
      return { product, versions: `vers:${of}/${parts.join('|') || '*'}` };
    })
    .filter(({ versions }) => parseRange(versions).ok),
);

const released = scheme.chain((of) =>
  fc.record({ product: productIn(of), version: versionIn[of] }),
);

type Named = { product: string; version: string };
type Recorded = { product: string; versions: string };

const at = '2024-01-01T00:00:00Z';

/** One incident for each range, in their order. */
async function record({ db }: OpenDatabase, ranges: readonly Recorded[]): Promise<number[]> {
  await sql`
    with made as (
      insert into incident (key, status, revision, record, created_at, created_by, updated_at, updated_by)
      select 'HF-2024-' || lpad(n::text, 4, '0'), 'draft', 1, '{}', ${at}, 'a', ${at}, 'a'
      from generate_series(1, ${ranges.length}::int) as n
      returning id
    )
    insert into incident_revision (incident_id, revision, kind, status, record, written_by, known_from)
    select id, 1, 'edit', 'draft', '{"title": "T", "severity": "sev1"}', 'a', ${at} from made
  `.execute(db);
  const incidents = await db.selectFrom('incident').select('id').orderBy('key').execute();
  await db.transaction().execute(async (change) => {
    for (const [place, { id }] of incidents.entries()) {
      const range = ranges[place] as Recorded;
      await insertBindings(change, id, at, { ranges: [range], links: [], drivers: [] });
    }
  });
  return incidents.map(({ id }) => id);
}

async function release({ db }: OpenDatabase, releases: readonly Named[]): Promise<void> {
  const rows = releases.map(({ product, version }) => {
    const read = checkVersion(schemeOf(product), version);
    if (!read.ok) throw new Error(read.reason);
    return { product, version, canonical: read.canonical, point: pointOf(read.sortKey, product) };
  });
  const products = schemes.flatMap((of) =>
    [of, `${of}-2`].map((key) => ({
      key,
      body: { name: key, versionScheme: of, rings: ['general'] },
    })),
  );
  const body = {
    kind: 'code',
    components: null,
    platforms: null,
    changedPaths: null,
    artifacts: [],
  };
  await sql`
    with made as (
      insert into product (key, revision, body, created_at, updated_at)
      select key, 1, body, ${at}, ${at}
      from jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as listed (key text, body jsonb)
      returning id, body
    )
    insert into product_revision (owner_id, revision, body, written_by, known_from)
    select id, 1, body, 'a', ${at} from made
  `.execute(db);
  await sql`
    with made as (
      insert into release
        (product_id, version, canonical_version, point, revision, body, registered_at, updated_at, last_fact_at)
      select product.id, version, canonical, point, 1, ${JSON.stringify(body)}::jsonb, ${at}, ${at}, ${at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as listed (product text, version text, canonical text, point text)
        join product on product.key = listed.product
      returning id, body
    )
    insert into release_revision (owner_id, revision, body, written_by, known_from)
    select id, 1, body, 'a', ${at} from made
  `.execute(db);
}

function holds({ product, versions }: Recorded, one: Named): boolean {
  const parsed = parseRange(versions);
  if (!parsed.ok) throw new Error(parsed.reason);
  return product === one.product && contains(parsed.range, one.version);
}

test('in every scheme the gate finds exactly the incidents whose ranges hold a release, and an incident exactly its releases', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(recorded, { minLength: 15, maxLength: 25 }),
      fc.uniqueArray(released, {
        minLength: 8,
        maxLength: 12,
        selector: ({ product, version }) =>
          `${product} ${read(schemeOf(product), version).canonical}`,
      }),
      async (ranges, releases) => {
        const database = await testDatabase();
        const incidents = await record(database, ranges);
        await release(database, releases);
        for (const one of releases) {
          const loaded = await loadFacts(database.db, one);
          if (loaded.kind !== 'found') throw new Error(`${loaded.kind}: ${JSON.stringify(one)}`);
          const found = knownFaults(one.version, loaded.facts.incidents, {
            inForce: [],
            proposed: null,
          });
          const expected = ranges.flatMap((range, place) =>
            holds(range, one) ? [keyOf(place)] : [],
          );
          expect(found.map(({ incident }) => incident).sort(), JSON.stringify(one)).toEqual(
            expected,
          );
        }
        for (const [place, id] of incidents.slice(0, 8).entries()) {
          const range = ranges[place] as Recorded;
          const found = await listFaultyReleases(
            database.db,
            id,
            { after: null, limit: 100 },
            null,
          );
          const expected = releases.filter((one) => holds(range, one));
          expect(found.map(({ version }) => version).sort(), range.versions).toEqual(
            expected.map(({ version }) => version).sort(),
          );
        }
      },
    ),
    // What fails says for which release or range: nothing smaller is sought, which would take minutes.
    { numRuns: 3, endOnFailure: true },
  );
});

function keyOf(place: number): string {
  return `HF-2024-${String(place + 1).padStart(4, '0')}`;
}
