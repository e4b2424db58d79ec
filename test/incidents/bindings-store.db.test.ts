import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from './incident-desk.ts';

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

/** In force. */
async function bound() {
  const inForce = (row: { known_until: string | null }) => row.known_until === null;
  return {
    ranges: (await ranges()).filter(inForce).map(({ versions }) => versions),
    links: (await links()).filter(inForce).map(({ key, why }) => `${key}: ${why}`),
  };
}

async function revisions() {
  return desk.service.database.db
    .selectFrom('incident_revision')
    .select([
      'revision',
      'kind',
      'status',
      'title',
      'severity',
      'published_revision',
      'known_from',
      'known_until',
    ])
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

  test('a revision says its title, its severity, and what customers read after it', async () => {
    const key = await desk.log();
    await desk.publish(key);
    await desk.edit(desk.ann, key, { internalNotes: 'N.' });
    await desk.edit(desk.ann, key, { title: 'Hosts stop', severity: 'sev4' });
    await desk.move(desk.ann, key, 'withdrawn', 'Unfounded.');
    const { title } = preliminary;
    const sev1 = { title, severity: 'sev1' };
    const sev4 = { title: 'Hosts stop', severity: 'sev4' };
    expect(await revisions()).toMatchObject([
      { ...sev1, status: 'draft', published_revision: null },
      { ...sev1, status: 'in_review', published_revision: null },
      { ...sev1, status: 'approved', published_revision: null },
      { ...sev1, status: 'published', published_revision: 4 },
      { ...sev1, status: 'published', published_revision: 5 },
      { ...sev4, status: 'draft', published_revision: 5 },
      { ...sev4, status: 'withdrawn', published_revision: 5 },
    ]);
  });

  test('no two revisions share an instant, whichever incident they are of', async () => {
    const keys = await Promise.all([desk.log(), desk.log(), desk.log()]);
    await Promise.all(keys.map((key) => desk.edit(desk.ann, key, { reach: 'wide' })));
    const instants = (await revisions()).map(({ known_from }) => known_from);
    expect(new Set(instants).size).toBe(6);
  });
});

describe('while a published record is corrected', () => {
  const published = {
    ...preliminary,
    affectedUnknown: false,
    affected: [affects('vers:intdot/>=7|<9')],
    checks: [{ check: 'boot-loop', why: 'Boots.' }],
  };

  test('nobody loosens the gate alone: what customers read binds beside the draft, until the correction is published', async () => {
    const key = await desk.log(published);
    await desk.publish(key);
    await desk.edit(desk.ann, key, { affected: [affects('vers:intdot/7')], checks: [] });
    const both = {
      ranges: ['vers:intdot/7', 'vers:intdot/>=7|<9'],
      links: ['boot-loop: Boots.'],
    };
    expect(await bound()).toEqual(both);
    await desk.move(desk.ann, key, 'in_review');
    await desk.move(desk.ben, key, 'approved');
    expect(await bound()).toEqual(both);
    await desk.move(desk.ann, key, 'published', 'Only 7 was faulty.');
    expect(await bound()).toEqual({ ranges: ['vers:intdot/7'], links: [] });
  });

  test('one more draft after the first cannot loosen it either', async () => {
    const key = await desk.log(published);
    await desk.publish(key);
    await desk.edit(desk.ann, key, { title: 'Hosts stop at every start' });
    await desk.edit(desk.ann, key, { affected: [], affectedUnknown: true, checks: [] });
    expect(await bound()).toEqual({
      ranges: ['vers:intdot/>=7|<9'],
      links: ['boot-loop: Boots.'],
    });
  });

  test('what tightens the gate binds at once, with the reason that was agreed to where there is one', async () => {
    const key = await desk.log(published);
    await desk.publish(key);
    await desk.edit(desk.ann, key, {
      checks: [
        { check: 'boot-loop', why: 'Whatever.' },
        { check: 'field-count', why: 'Counts.' },
      ],
    });
    expect((await bound()).links).toEqual(['boot-loop: Boots.', 'field-count: Counts.']);
    await desk.publish(key, 'Another check was added.');
    expect((await bound()).links).toEqual(['boot-loop: Whatever.', 'field-count: Counts.']);
  });

  test('a check that is tied to it internally is let go of through review alone', async () => {
    const checks = [{ check: 'boot-loop', why: 'Boots.', visibility: 'internal' as const }];
    const key = await desk.log({ ...published, checks });
    await desk.publish(key);
    const edited = await desk.edit(desk.ann, key, { checks: [] });
    expect(edited.body.status).toBe('draft');
    expect((await bound()).links).toEqual(['boot-loop: Boots.']);
    const again = await desk.publish(key);
    expect(again).toMatchObject({ status: 200, body: { status: 'published', corrections: [] } });
    expect((await bound()).links).toEqual([]);
  });

  test('a change that no customer sees, and that stays published, binds as it is', async () => {
    const checks = [{ check: 'boot-loop', why: 'Boots.', visibility: 'internal' as const }];
    const key = await desk.log({ ...published, checks });
    await desk.publish(key);
    const more = [
      { ...checks[0], why: 'Starts.' },
      { check: 'field-count', why: 'Counts.', visibility: 'internal' },
    ];
    const edited = await desk.edit(desk.ann, key, { checks: more });
    expect(edited.body.status).toBe('published');
    expect((await bound()).links).toEqual(['boot-loop: Starts.', 'field-count: Counts.']);
  });
});
