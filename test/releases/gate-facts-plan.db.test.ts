/** Which recorded ranges hold a release's version is found by index: the plan of the gate's own query says so. */
import { CompiledQuery } from 'kysely';
import { expect, test } from 'vitest';
import { gateFactsSql } from '../../src/releases/gate-facts-sql.ts';
import { versionForms } from '../../src/releases/version-forms.ts';
import { checkVersion, pointOf } from '../../src/versions/index.ts';
import { testDatabase } from '../support/databases.ts';

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  Plans?: Node[];
}

test('among 40,000 recorded ranges those that hold a version are found by the index on spans', async () => {
  const { db, pool } = await testDatabase();
  const point = (product: string, version: string) => {
    const read = checkVersion('intdot', version);
    if (!read.ok) throw new Error(read.reason);
    return pointOf(read.sortKey, product);
  };
  const spans = Array.from({ length: 400 }, (_, n) => ({
    product: `product-${n % 20}`,
    from: point(`product-${n % 20}`, `${1 + n}.0`),
    until: point(`product-${n % 20}`, `${1 + n}.5`),
  }));
  await pool.query(`
    insert into product (key, revision, body, created_at, updated_at)
      values ('product-7', 1, '{"name": "P", "versionScheme": "intdot", "rings": ["general"]}', now(), now());
    insert into release (product_id, version, canonical_version, point, revision, body, registered_at, updated_at, last_fact_at)
      select id, '8.1', '8.1', '${point('product-7', '8.1')}', 1, '{}', now(), now(), now() from product;
    insert into incident (key, status, revision, record, created_at, created_by, updated_at, updated_by)
      select 'HF-2024-' || lpad(n::text, 4, '0'), 'draft', 1, '{}', now(), 'a', now(), 'a' from generate_series(1, 100) as n;
  `);
  await pool.query(
    `insert into incident_affected (incident_id, product, versions, span, known_from)
      select incident.id, product, 'vers:intdot/*', text_span("from", until, '[]'), now()
      from incident, jsonb_to_recordset($1::jsonb) as listed (product text, "from" text, until text)`,
    [JSON.stringify(spans)],
  );
  await pool.query('analyze');
  const values = ['product-7', JSON.stringify(versionForms('8.1')), null, null, false];
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': { Plan: Node }[] }>(
    CompiledQuery.raw(`explain (format json) ${gateFactsSql}`, values),
  );
  const nodes = nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan as Node);
  expect(nodes.map((node) => node['Index Name'])).toContain('incident_affected_by_span');
  const read = nodes.filter((node) => node['Relation Name'] === 'incident_affected');
  expect(read.map((node) => node['Node Type'])).not.toContain('Seq Scan');
});

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
