/** Everything that the gate is given, out of the database in one round trip. */
import type { Kysely } from 'kysely';
import { queryNamed } from '../db/prepared-statement.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Facts, HoldFact, ProposedHoldFact, ReleaseFact } from '../gate/index.ts';
import { gateFactsSql } from './gate-facts-sql.ts';
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
  holds: StandingHold[];
}

/** Proposed or active. */
type StandingHold = Required<HoldFact> & { state: 'proposed' | 'active' };

/** The facts about a registered release. */
export async function loadFacts(db: Kysely<Database>, asked: FactsAsked): Promise<LoadedFacts> {
  return (await loadStampedFacts(db, asked)).loaded;
}

/** The same, with the stamp under which it can be remembered. */
export async function loadStampedFacts(
  db: Kysely<Database>,
  asked: FactsAsked,
): Promise<{ loaded: LoadedFacts; stamp: string }> {
  const row = await load(db, valuesOf(asked));
  if (!row) return { loaded: { kind: 'no_product' }, stamp: '' };
  return { loaded: readFacts(row, asked), stamp: row.stamp };
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
  const { checks, incidents, runs, results, waivers, holds } = row;
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
    ...holdsByState(holds),
  };
  return { kind: 'found', facts, asOf };
}

function holdsByState(standing: readonly StandingHold[]) {
  const holds: HoldFact[] = [];
  const proposedHolds: ProposedHoldFact[] = [];
  for (const { state, ...hold } of standing) {
    const { id, incident, products, versions, match, harmed } = hold;
    if (state === 'active') holds.push(hold);
    else proposedHolds.push({ id, incident, products, versions, match, harmed });
  }
  return { holds, proposedHolds };
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
