/** Everything that the gate is given, out of the database in one round trip. */
import type { Kysely } from 'kysely';
import { queryNamed } from '../db/prepared-statement.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Facts, ReleaseFact } from '../gate/index.ts';
import { gateFactsSql, gateStampSql } from './gate-facts-sql.ts';
import type { ReleaseBody } from './release.ts';
import { versionForms } from './version-forms.ts';

export interface FactsAsked {
  product: string;
  version: string;
  /** Absent: the product's last ring. */
  ring?: string | undefined;
  /** Absent: now, by the database's clock, and in any case after the newest fact about the release. */
  asOf?: string | undefined;
  /** Asks as if the release had not entered the ring. */
  asIfNotEntered?: true;
}

export type LoadedFacts =
  | { kind: 'found'; facts: Facts; asOf: string; releaseId: number }
  | { kind: 'no_product' }
  /** Not registered, or not yet at that instant. */
  | { kind: 'no_release' }
  | { kind: 'no_ring'; ring: string; product: Facts['product'] };

/** What a plan says of a release that need not exist. */
export interface PlannedRelease {
  product: string;
  ring?: string | undefined;
  facts: Omit<ReleaseBody, 'artifacts'> & { version: string | null };
}

interface Row {
  /** Equal stamps mean equal facts about now. */
  stamp: string;
  as_of: string;
  product: Facts['product'] | null;
  release_id: number | null;
  /** As it was first registered. */
  version: string | null;
  body: ReleaseBody | null;
  ring: string | null;
  entered_at: string | null;
  checks: Facts['checks'];
  incidents: Facts['incidents'];
  runs: Facts['runs'];
  results: Facts['results'];
  waivers: Facts['waivers'];
}

/** The facts about a registered release. */
export async function loadFacts(db: Kysely<Database>, asked: FactsAsked): Promise<LoadedFacts> {
  const row = await load(db, valuesOf(asked));
  return row ? readFacts(row, asked) : { kind: 'no_product' };
}

/**
 * The same about now, for a question that is asked again and again: while the database says, in one small query, that
 * nothing changed, the facts are those read before. Never inside a transaction, whose changes may be undone.
 */
export function factsReader(
  db: Kysely<Database>,
  rememberedMax = 500,
): (asked: Omit<FactsAsked, 'asOf' | 'asIfNotEntered'>) => Promise<LoadedFacts> {
  const remembered = new Map<string, { values: Values; stamp: string; loaded: LoadedFacts }>();

  return async (asked) => {
    const question = JSON.stringify([asked.product, asked.version, asked.ring]);
    const known = remembered.get(question);
    const now = known && (await loadStamp(db, known.values));
    if (known && now?.stamp === known.stamp) return { ...known.loaded, asOf: now.as_of };
    const values = known?.values ?? valuesOf(asked);
    const row = await load(db, values);
    if (!row) return { kind: 'no_product' };
    const loaded = readFacts(row, asked);
    remembered.delete(question);
    remembered.set(question, { values, stamp: row.stamp, loaded });
    // The first of a map is the one that went in first.
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest);
    return loaded;
  };
}

async function loadStamp(
  db: Kysely<Database>,
  [product, versionForms]: Values,
): Promise<{ stamp: string; as_of: string } | undefined> {
  const values = [product, versionForms];
  const statement = { name: 'gate_stamp', text: gateStampSql, values };
  const [row] = await queryNamed<{ stamp: string; as_of: string }>(db, statement);
  return row;
}

function readFacts(row: Row, asked: FactsAsked): LoadedFacts {
  const { version, body, release_id: releaseId } = row;
  if (!row.product || !version || !body || releaseId === null) return { kind: 'no_release' };
  const { kind, components, platforms, changedPaths } = body;
  const artifacts = body.artifacts.map(({ sha256 }) => sha256);
  const release = { version, kind, components, platforms, changedPaths, artifacts };
  const loaded = factsOf(row, row.product, release, asked.ring);
  return loaded.kind === 'found' ? { ...loaded, releaseId } : loaded;
}

/** The facts that a plan can rest on: no results and no waivers. */
export async function loadPlanFacts(
  db: Kysely<Database>,
  { product, ring, facts }: PlannedRelease,
): Promise<Exclude<LoadedFacts, { kind: 'found' | 'no_release' }> | Planned> {
  const row = await load(db, [product, '{}', null, ring ?? null, false]);
  if (!row?.product) return { kind: 'no_product' };
  return factsOf(row, row.product, { ...facts, artifacts: [] }, ring);
}

type Planned = { kind: 'found'; facts: Facts; asOf: string };

function factsOf(
  row: Row,
  product: Facts['product'],
  release: ReleaseFact,
  askedRing: string | undefined,
): Planned | Extract<LoadedFacts, { kind: 'no_ring' }> {
  const { ring, as_of: asOf, entered_at: enteredRingAt } = row;
  if (ring === null || !product.rings.includes(ring)) {
    return { kind: 'no_ring', ring: askedRing ?? '', product };
  }
  const { checks, incidents, runs, results, waivers } = row;
  const facts = {
    product,
    release,
    ring,
    enteredRingAt,
    checks,
    incidents,
    runs,
    results,
    waivers,
  };
  return { kind: 'found', facts, asOf };
}

type Values = readonly [
  product: string,
  versionForms: string,
  asOf: string | null,
  ring: string | null,
  asIfNotEntered: boolean,
];

function valuesOf({ product, version, asOf, ring, asIfNotEntered }: FactsAsked): Values {
  const forms = JSON.stringify(versionForms(version));
  return [product, forms, asOf ?? null, ring ?? null, asIfNotEntered ?? false];
}

async function load(db: Kysely<Database>, values: Values): Promise<Row | undefined> {
  const [row] = await queryNamed<Row>(db, { name: 'gate_facts', text: gateFactsSql, values });
  return row;
}
