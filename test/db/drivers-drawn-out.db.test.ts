/** Migration 16 on a database that was in use: what incidents say of drivers is drawn out, and documents stay whole. */
import { migrations } from 'holdfast:migrations';
import { expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { emptyDatabase } from '../support/databases.ts';

const at = '2024-07-19T04:09:00Z';
const part = (driver: string, versions: string | null) => ({
  driver,
  versions,
  versionOf: 'file',
  role: 'trigger',
});
const record = (...drivers: object[]) =>
  JSON.stringify({ title: 'T', severity: 'sev1', affected: [], drivers });

test('what incidents name is drawn out, of a correction and of what customers read, and documents say what is new in them', async () => {
  const { db, pool } = await emptyDatabase();
  await migrate(
    db,
    migrations.filter(({ number }) => number < 16),
  );
  const identity = { fileNames: ['a.sys'] };
  for (const key of ['audio', 'camera']) {
    await pool.query(
      'insert into driver (key, revision, body, created_at, updated_at) values ($1, 1, $2, $3, $3)',
      [key, JSON.stringify({ name: key, identity }), at],
    );
  }
  await pool.query(
    "insert into regression_check (key, revision, body, created_at, updated_at) values ('boot', 1, $1, $2, $2)",
    [JSON.stringify({ title: 'T', variants: [] }), at],
  );
  const published = record(part('audio', 'vers:intdot/7|>=8|<9'));
  const draft = record(part('camera', null), part('camera', null));
  await pool.query(
    `insert into incident (key, status, revision, record, published_revision, created_at, created_by, updated_at, updated_by)
      values ('HF-1', 'draft', 2, $1, 1, $2, 'ann', $2, 'ann')`,
    [draft, at],
  );
  await pool.query(
    `insert into incident_revision (incident_id, revision, kind, status, record, written_by, known_from)
      select id, 1, 'edit', 'published', $1::jsonb, 'ann', $2::timestamptz from incident`,
    [published, at],
  );

  await migrate(db);
  const drawn = await pool.query(
    'select variant, known_from, known_until from incident_driver order by variant::text',
  );
  expect(drawn.rows).toEqual(
    [
      { driver: 'audio', fileVersion: '7' },
      { driver: 'audio', fileVersion: '>=8|<9' },
      { driver: 'camera' },
    ].map((variant) => ({ variant, known_from: at, known_until: null })),
  );
  const one = async (query: string) => (await pool.query(query)).rows[0]?.said;
  expect(await one('select body as said from driver limit 1')).toEqual({
    name: 'audio',
    aliases: [],
    identity: { ...identity, paths: [], architectures: [] },
  });
  expect(await one("select body -> 'variantsFrom' as said from regression_check")).toBe(null);
  expect(await one("select body ? 'variantsFrom' as said from regression_check")).toBe(true);
  expect(await one("select record -> 'drivers' as said from incident_revision")).toEqual([
    { ...part('audio', 'vers:intdot/7|>=8|<9'), foundUnaffected: [] },
  ]);
  expect(await one("select record -> 'drivers' -> 1 as said from incident")).toEqual({
    ...part('camera', null),
    foundUnaffected: [],
  });
});
