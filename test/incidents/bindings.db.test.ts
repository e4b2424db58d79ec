import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const affects = (versions: string | null, said: object = {}) => ({
  product: 'sensor',
  versions,
  ...(versions === null && { noVersionsBecause: 'Hosted.' }),
  ...said,
});

async function ranges() {
  return desk.service.database.db
    .selectFrom('incident_affected')
    .select(['product', 'versions', 'known_from', 'known_until'])
    .orderBy('known_from')
    .orderBy('versions')
    .execute();
}

async function links() {
  return desk.service.database.db
    .selectFrom('incident_check')
    .innerJoin('regression_check', 'regression_check.id', 'incident_check.check_id')
    .select(['key', 'why', 'known_from', 'known_until'])
    .orderBy('known_from')
    .orderBy('key')
    .execute();
}

async function revisions() {
  return desk.service.database.db
    .selectFrom('incident_revision')
    .select(['revision', 'kind', 'status', 'known_from', 'known_until'])
    .orderBy('revision')
    .execute();
}

describe('what the gate knows of an incident', () => {
  test('begins with the draft: its ranges, each once, and its checks with their reasons', async () => {
    await desk.log({
      affected: [
        affects('vers:intdot/>=7|<8'),
        affects('vers:intdot/>=7|<8', { conditions: { platforms: ['windows'] } }),
        affects(null),
      ].map((each) => ({ ...each, product: 'sensor-content' })),
      checks: [
        { check: 'field-count', why: 'Counts.' },
        { check: 'boot-loop', why: 'Boots.', visibility: 'internal' },
      ],
    });
    const [logged] = await revisions();
    const known = { known_from: logged?.known_from, known_until: null };
    expect(await ranges()).toEqual([
      { product: 'sensor-content', versions: 'vers:intdot/>=7|<8', ...known },
    ]);
    expect(await links()).toEqual([
      { key: 'boot-loop', why: 'Boots.', ...known },
      { key: 'field-count', why: 'Counts.', ...known },
    ]);
  });

  test('is written anew only where that part changes, at the instant of the revision', async () => {
    const key = await desk.log({
      affected: [affects('vers:intdot/7')],
      checks: [{ check: 'boot-loop', why: 'Boots.' }],
    });
    await desk.edit(desk.ann, key, { reach: 'wide' });
    await desk.edit(desk.ann, key, { affected: [affects('vers:intdot/8')] });
    await desk.edit(desk.ann, key, { checks: [] });
    const [first, , third, fourth] = await revisions();
    expect(await ranges()).toMatchObject([
      { versions: 'vers:intdot/7', known_from: first?.known_from, known_until: third?.known_from },
      { versions: 'vers:intdot/8', known_from: third?.known_from, known_until: null },
    ]);
    expect(await links()).toMatchObject([
      { key: 'boot-loop', known_from: first?.known_from, known_until: fourth?.known_from },
    ]);
  });

  test('revisions follow each other without a gap, edits and transitions alike', async () => {
    const key = await desk.log();
    await desk.edit(desk.ann, key, { reach: 'wide' });
    await desk.publish(key);
    await desk.move(desk.ann, key, 'withdrawn', 'Unfounded.');
    const rows = await revisions();
    expect(rows.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'edit draft',
      'edit draft',
      'transition in_review',
      'transition approved',
      'transition published',
      'transition withdrawn',
    ]);
    expect(rows.map(({ known_until }) => known_until)).toEqual([
      ...rows.slice(1).map(({ known_from }) => known_from),
      null,
    ]);
  });
});
