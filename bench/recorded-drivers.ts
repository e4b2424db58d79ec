/** A catalogue with 100,000 recorded ranges, and a machine that is held against it. */
import { sql } from 'kysely';
import type { OpenDatabase } from '../src/db/connection.ts';

export const rangesTotal = 100_000;
/** Of the machine. */
export const driversTotal = 500;

const incidents = 2_000;
const partsOfIncident = rangesTotal / incidents;
const recordedDrivers = 5_000;
const products = 20;

/**
 * 2,000 published incidents, each with 50 of 5,000 drivers in a range of its own; each concerns one of 20 products, and
 * one product that all of them concern. Whatever else is in the database stays there, unpublished.
 */
export async function fillCatalogue({ pool, db }: OpenDatabase): Promise<void> {
  await pool.query(`
    insert into driver (key, revision, body, created_at, updated_at)
      select 'driver-' || n, 1, jsonb_build_object(
        'name', 'Driver ' || n, 'vendor', 'Maker ' || n, 'kind', 'kernel_driver', 'platform', 'windows',
        'versionScheme', 'intdot', 'access', 'none',
        'identity', jsonb_build_object(
          'fileNames', jsonb_build_array('driver' || n || '.sys'),
          'signers', jsonb_build_array('Maker ' || n || '*'),
          'sha256', jsonb_build_array(encode(sha256(n::text::bytea), 'hex')))), now(), now()
      from generate_series(0, ${recordedDrivers - 1}) as n;
    insert into incident (key, status, revision, record, published_revision, created_at, created_by, updated_at, updated_by, published_at, public_at)
      select 'HF-2025-' || lpad(n::text, 4, '0'), 'published', 1, jsonb_build_object(
        'title', 'Stops beside a driver ' || n, 'severity', 'sev3', 'whatToDo', 'Update the driver.',
        'sources', '[]'::jsonb,
        'affected', jsonb_build_array(
          jsonb_build_object('product', 'bench-' || (n % ${products}), 'versions', 'vers:intdot/>=7|<8', 'conditions', null),
          jsonb_build_object('product', 'bench', 'versions', 'vers:intdot/>=7|<8', 'conditions', null)),
        'drivers', (
          select jsonb_agg(jsonb_build_object(
            'driver', 'driver-' || ((n * 53 + part * 97) % ${recordedDrivers}),
            'versions', 'vers:intdot/>=' || (1 + part) || '.' || n || '|<' || (1 + part) || '.' || n || '.5',
            'versionOf', 'file', 'role', 'trigger', 'visibility', 'public', 'foundUnaffected', '[]'::jsonb))
          from generate_series(0, ${partsOfIncident - 1}) as part)),
        1, now(), 'bench', now(), 'bench', now(), now()
      from generate_series(0, ${incidents - 1}) as n;
    insert into incident_revision (incident_id, revision, kind, status, record, published_revision, written_by, known_from)
      select id, 1, 'edit', 'published', record, 1, 'bench', created_at from incident where published_revision = 1;
    analyze;
  `);
  const { rows } = await sql<{ ranges: number; different: number }>`
    select count(*) as ranges, count(distinct part ->> 'versions') as different
    from incident, jsonb_array_elements(record -> 'drivers') as part
  `.execute(db);
  const [counted] = rows;
  if (counted?.ranges !== rangesTotal || counted.different !== rangesTotal) {
    throw new Error(`Filled with ${JSON.stringify(counted)}.`);
  }
}

/** One driver in ten is recorded, one of them in a range that is the machine's. */
export function machineBody(product: string, count = driversTotal): string {
  const drivers = Array.from({ length: count }, (_, n) => {
    const number = n * 10 + 7;
    const recorded = n % 10 === 0;
    return {
      fileName: recorded ? `driver${number}.sys` : `other${number}.sys`,
      path: `C:\\Windows\\System32\\drivers\\${number}.sys`,
      fileVersion: n === 0 ? badVersion.version : `10.0.${n}.1`,
      signer: `Maker ${number} Inc`,
      displayName: `A driver with the number ${number}`,
    };
  });
  drivers[0] = {
    ...(drivers[0] as (typeof drivers)[number]),
    fileName: badVersion.fileName,
    signer: badVersion.signer,
  };
  return JSON.stringify({ product, version: '7.11', drivers });
}

/** Of incident 7, its first part. */
const badVersion = {
  fileName: `driver${(7 * 53) % recordedDrivers}.sys`,
  signer: `Maker ${(7 * 53) % recordedDrivers} Inc`,
  version: '1.7.1',
};
