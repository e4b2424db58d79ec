/** What a long past costs the gate: a large vendor beside a small one, nothing remembered of either. */
import type { OpenDatabase } from '../src/db/connection.ts';
import { decide } from '../src/gate/index.ts';
import { loadFacts } from '../src/releases/gate-facts.ts';
import { gateFactsSql } from '../src/releases/gate-facts-sql.ts';
import { type DatabaseKind, type Figure, medianOf, medianRatio } from './figure.ts';
import { makeVendor, resultsOf, type Size } from './vendor.ts';

const goal = 1.2;
const small: Size = { releases: 25, incidents: 100 };
const large: Size = { releases: 25_000, incidents: 10_000 };
const rounds = 9;
const questionsEach = 60;

/** Tables that grow with the years; the gate must find its rows in them by index. */
const growing = ['result', 'run', 'run_report', 'waiver', 'waiver_approval', 'release', 'incident'];

export async function gateGrowth(
  openDatabase: () => Promise<OpenDatabase>,
  kind: DatabaseKind,
): Promise<Figure[]> {
  const few = await openDatabase();
  const many = await openDatabase();
  try {
    await makeVendor(few, small);
    await makeVendor(many, large);
    const times: { few: number[]; many: number[] } = { few: [], many: [] };
    for (let round = 0; round < rounds; round++) {
      times.few.push(await medianQuestion(few, small));
      times.many.push(await medianQuestion(many, large));
    }
    // The first round fills the caches of both.
    const [fewMs, manyMs] = [times.few.slice(1), times.many.slice(1)];
    const ratio = medianRatio(manyMs, fewMs);
    const scanned = await scannedTables(many);
    if (scanned.length > 0) console.error(`Scanned from end to end: ${scanned.join(', ')}.`);
    return [
      {
        figure: `gate with ${resultsOf(large)} results to ${resultsOf(small)}`,
        database: kind,
        value: medianOf(manyMs),
        unit: 'ms',
        floor: medianOf(fewMs),
        ratio,
        goal: `≤ ${goal}`,
        met: ratio <= goal,
      },
      {
        figure: `tables scanned at ${resultsOf(large)} results`,
        database: kind,
        value: scanned.length,
        unit: 'tables',
        floor: null,
        ratio: null,
        goal: '0',
        met: scanned.length === 0,
      },
    ];
  } finally {
    await few.close();
    await many.close();
  }
}

/** In milliseconds, for releases spread over all there are. */
async function medianQuestion({ db }: OpenDatabase, { releases }: Size): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < questionsEach; n++) {
    const version = `1.${1 + ((n * 7919) % releases)}`;
    const begun = performance.now();
    const loaded = await loadFacts(db, { product: 'bench', version });
    if (loaded.kind !== 'found') throw new Error(`${version}: ${loaded.kind}`);
    const { verdict } = decide(loaded.facts, loaded.asOf);
    times.push(performance.now() - begun);
    if (verdict !== 'passed_with_waivers') throw new Error(`${version}: ${verdict}`);
  }
  return medianOf(times);
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/** Of the growing tables, those that the plan of the gate's query reads from end to end. */
async function scannedTables({ pool }: OpenDatabase): Promise<string[]> {
  const client = await pool.connect();
  try {
    // As for a prepared statement that was asked often: planned without looking at the values.
    await client.query('set plan_cache_mode = force_generic_plan');
    await client.query(
      `prepare gate_question (text, jsonb, timestamptz, text, boolean) as ${gateFactsSql}`,
    );
    const { rows } = await client.query(
      `explain (format json) execute gate_question ('bench', '{"intdot": "1.77"}', null, null, false)`,
    );
    await client.query('deallocate gate_question; reset plan_cache_mode');
    const [{ Plan }] = rows[0]['QUERY PLAN'] as [{ Plan: PlanNode }];
    return [...new Set(scansBelow(Plan))].filter((table) => growing.includes(table));
  } finally {
    client.release();
  }
}

function scansBelow(node: PlanNode): string[] {
  const here =
    node['Node Type'] === 'Seq Scan' && node['Relation Name'] ? [node['Relation Name']] : [];
  return [...here, ...(node.Plans ?? []).flatMap(scansBelow)];
}
