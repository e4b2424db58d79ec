import { describe, expect, test } from 'vitest';
import { completeRecord, type IncidentInput } from '../../src/incidents/record.ts';
import { type PublishedDetail, reportOf, summaryOf } from '../../src/reports/projection.ts';
import { publicParts } from '../../src/reports/public-parts.ts';

const partsOf = (said: Partial<IncidentInput>) =>
  publicParts(completeRecord({ title: 'Hosts stop', severity: 'sev1', ...said }));

const source = (id: string, publisher: 'vendor' | 'press' | 'internal' = 'press') => ({
  id,
  url: `https://${id}.example/`,
  title: `What ${id} says`,
  publisher,
});

const entry = (text: string, more: object = {}) => ({
  at: '2024-07-19T04:09:00Z',
  precision: 'minute' as const,
  type: 'note' as const,
  text,
  visibility: 'public' as const,
  ...more,
});

describe('what is public of a record', () => {
  test.each<
    [string, Partial<IncidentInput>, (parts: ReturnType<typeof partsOf>) => unknown, unknown]
  >([
    [
      'timeline entries that say nothing of it are internal',
      {
        timeline: [
          entry('a'),
          entry('b', { visibility: 'internal' }),
          entry('c', { visibility: undefined }),
        ],
      },
      ({ timeline }) => timeline.map(({ text }) => text),
      ['a'],
    ],
    [
      'causes are shown without their ids and without why nothing follows from them',
      {
        causes: [
          {
            id: 'x',
            class: 'root',
            confidence: 'confirmed',
            statement: 'S',
            noActionBecause: 'No.',
            visibility: 'public',
          },
          { id: 'y', class: 'root', confidence: 'confirmed', statement: 'T' },
        ],
      },
      ({ causes }) => causes,
      [
        {
          class: 'root',
          confidence: 'confirmed',
          statement: 'S',
          escape: [],
          escapedPhase: 'unknown',
        },
      ],
    ],
    [
      'drivers that are confirmed on a match only are not named',
      {
        drivers: [
          {
            driver: 'a',
            versions: null,
            versionOf: 'file',
            role: 'trigger',
            visibility: 'on_match',
          },
          { driver: 'b', versions: null, versionOf: 'file', role: 'trigger', visibility: 'public' },
        ],
      },
      ({ drivers }) => drivers.map(({ driver }) => driver),
      ['b'],
    ],
    [
      'actions are shown without owner, evidence, due day, links and the address of a document',
      {
        actions: [
          {
            id: 'a',
            kind: 'process',
            title: 'Ship in stages',
            status: 'ongoing',
            owner: 'release',
            dueOn: '2024-09-01',
            evidence: 'https://ci.example/1',
            document: {
              title: 'Rollout rules',
              url: 'https://wiki.example/',
              inForceSince: '2024-08-01',
            },
            visibility: 'public',
          },
        ],
      },
      ({ actions }) => actions,
      [
        {
          kind: 'process',
          title: 'Ship in stages',
          status: 'ongoing',
          criterion: null,
          document: { title: 'Rollout rules', inForceSince: '2024-08-01' },
        },
      ],
    ],
    [
      'links to checks are public unless they say otherwise',
      {
        checks: [
          { check: 'a', why: 'A.' },
          { check: 'b', why: 'B.', visibility: 'internal' },
        ],
      },
      ({ guardedBy }) => guardedBy,
      [{ check: 'a', why: 'A.' }],
    ],
    [
      'tickets never leave',
      {
        externalIds: [
          { scheme: 'ticket', id: '1' },
          { scheme: 'cve', id: 'CVE-1' },
        ],
      },
      ({ externalIds }) => externalIds,
      [{ scheme: 'cve', id: 'CVE-1', url: null }],
    ],
    [
      'a source is listed when something public cites it',
      {
        timeline: [
          entry('a', { source: 'one' }),
          entry('b', { source: 'two', visibility: 'internal' }),
        ],
        sources: [source('one'), source('two'), source('three')],
      },
      ({ sources }) => sources.map(({ id }) => id),
      ['one'],
    ],
    [
      'a source of our own is not listed, and what cites it stands without',
      {
        timeline: [entry('a', { source: 'own' })],
        impact: {
          manualRecovery: 'no',
          measures: [{ unit: 'devices', min: 1, max: 1, basis: 'measured', source: 'own' }],
        },
        sources: [source('own', 'internal')],
      },
      ({ timeline, impact, sources }) => [timeline[0]?.source, impact.measures[0]?.source, sources],
      [null, null, []],
    ],
  ])('%s', (_, said, pick, expected) => {
    expect(pick(partsOf(said))).toEqual(expected);
  });

  test('durations count public entries only', () => {
    const released = entry('out', { type: 'released' });
    const mitigated = entry('over', { type: 'mitigated', at: '2024-07-19T05:27:00Z' });
    const secondsOf = (visibility: 'public' | 'internal') =>
      partsOf({ timeline: [released, { ...mitigated, visibility }] }).durations.toMitigate.seconds;
    expect(secondsOf('public')).toBe(78 * 60);
    expect(secondsOf('internal')).toBeNull();
  });

  describe('claims', () => {
    const claimed = (about: string, more: object = {}) =>
      partsOf({
        timeline: [entry('hidden', { visibility: 'internal' }), entry('shown', { source: 'one' })],
        causes: [
          {
            id: 'x',
            class: 'root',
            confidence: 'confirmed',
            defect: 'timing',
            statement: 'S',
            visibility: 'public',
          },
        ],
        checks: [{ check: 'a', why: 'A.' }],
        sources: [source('one'), source('other'), source('own', 'internal')],
        claims: [
          { about, statement: 'It was not so.', source: 'other', visibility: 'public', ...more },
        ],
        internalNotes: 'Between us.',
      });

    test.each([
      ['/timeline/1/at', '/timeline/0/at'],
      ['/severity', '/severity'],
      ['/detection/method', '/detection/method'],
    ])('one about %s is shown, at %s of the report', (about, place) => {
      const { claims, sources } = claimed(about);
      expect(claims).toEqual([{ about: place, statement: 'It was not so.', source: 'other' }]);
      expect(sources.map(({ id }) => id)).toEqual(['one', 'other']);
    });

    test.each([
      '/timeline/0/text',
      '/internalNotes',
      '/causes/0/defect',
      '/checks/0/why',
      '/guardedBy/0',
      '/sources/0/title',
    ])('one about %s is not, and its source is not listed for it', (about) => {
      const { claims, sources } = claimed(about);
      expect(claims).toEqual([]);
      expect(sources.map(({ id }) => id)).toEqual(['one']);
    });

    test('one that says nothing of it is internal', () => {
      expect(claimed('/severity', { visibility: undefined }).claims).toEqual([]);
    });

    test('one from a source of our own is not shown', () => {
      expect(claimed('/severity', { source: 'own' }).claims).toEqual([]);
    });
  });
});

describe('a report', () => {
  const published = (more: Partial<PublishedDetail> = {}): PublishedDetail => ({
    key: 'HF-2024-0001',
    publishedAt: '2024-08-06T12:00:00Z',
    updatedAt: '2024-08-09T08:30:00Z',
    withdrawal: null,
    corrections: [],
    productNames: { sensor: 'Sensor' },
    drivers: {},
    checksInForce: {},
    standsUntil: null,
    holds: [],
    record: completeRecord({
      title: 'Hosts stop',
      severity: 'sev1',
      affected: [
        { product: 'sensor', versions: 'vers:intdot/>=7|<8' },
        { product: 'sensor', versions: 'vers:intdot/>=9|<10' },
      ],
      checks: [
        { check: 'boots', why: 'It must start.' },
        { check: 'retired', why: 'It had to.' },
      ],
    }),
    ...more,
  });

  test('stands at its permanent address', () => {
    const { url } = reportOf(published(), 'https://reports.example');
    expect(url).toBe('https://reports.example/reports/HF-2024-0001');
  });

  test('names only the checks that count now', () => {
    const boots = {
      title: 'Boots twice',
      purpose: 'Starts.',
      enforcement: 'required' as const,
      proof: 'proven' as const,
    };
    const { guardedBy } = reportOf(published({ checksInForce: { boots } }), '');
    expect(guardedBy).toEqual([{ check: 'boots', why: 'It must start.', ...boots }]);
  });

  test('names a driver by what a person finds it by, and by nothing else of its identity', () => {
    const identity = {
      fileNames: ['a.sys'],
      serviceNames: ['a'],
      signers: ['Example*'],
      sha256: ['ab'.repeat(32)],
    };
    const involved = { driver: 'a', versions: null, versionOf: 'file', role: 'trigger' } as const;
    const record = completeRecord({
      title: 'Hosts stop',
      severity: 'sev1',
      drivers: [
        { ...involved, visibility: 'public' },
        { ...involved, driver: 'b', visibility: 'on_match' },
      ],
    });
    const drivers = { a: { name: 'A', vendor: 'Example', identity } };
    const report = reportOf(published({ record, drivers }), '');
    expect(report.unnamed).toEqual(['on_match']);
    expect(report.drivers.map(({ foundAs }) => foundAs)).toEqual([
      {
        fileNames: ['a.sys'],
        serviceNames: ['a'],
        originalInfs: [],
        moduleNames: [],
        bundleIds: [],
      },
    ]);
  });

  test('is withdrawn when it has a notice', () => {
    const withdrawal = { at: '2024-09-01T00:00:00Z', notice: 'It was another product.' };
    expect(reportOf(published({ withdrawal }), '')).toMatchObject({
      status: 'withdrawn',
      withdrawal,
    });
    expect(reportOf(published(), '')).toMatchObject({ status: 'published', withdrawal: null });
  });

  test('in short names each product once', () => {
    expect(summaryOf(published(), '').products).toEqual([{ key: 'sensor', name: 'Sensor' }]);
  });
});
