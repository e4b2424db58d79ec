import { describe, expect, test } from 'vitest';
import { consistencyFaults } from '../../src/incidents/consistency.ts';
import type { IncidentInput } from '../../src/incidents/record.ts';
import { aFinalRecord, aRecord } from './a-record.ts';

const cause = { class: 'root', confidence: 'suspected', statement: 'S.' } as const;
const action = { kind: 'detect', title: 'T', status: 'proposed', owner: 'o' } as const;
const source = { url: 'https://example.test/', title: 'T', publisher: 'press' } as const;
const entry = { type: 'note', text: 'N.', precision: 'day', at: '2024-07-19' } as const;
const measure = { unit: 'devices', min: 1, max: 2, basis: 'measured' } as const;
const measured = (said: object): Partial<IncidentInput> => ({
  impact: { measures: [{ ...measure, ...said }], manualRecovery: 'unknown' },
});
const affects = (said: object): Partial<IncidentInput> => ({
  affected: [{ product: 'p', versions: 'vers:intdot/1', ...said }],
});
const online = (from: string, until: string) =>
  affects({ conditions: { onlineBetween: { from, until } } });

/** What is said, and where the fault lies. */
const tried = (said: object): Partial<IncidentInput> => ({
  drivers: [
    {
      driver: 'audio',
      versions: null,
      versionOf: 'file',
      role: 'trigger',
      foundUnaffected: [{ versions: null, statement: 'It started.', ...said }],
    },
  ],
});

const faulty: [string, Partial<IncidentInput>, string][] = [
  [
    'two causes of one id',
    {
      causes: [
        { ...cause, id: 'c' },
        { ...cause, id: 'c' },
      ],
    },
    '/causes/1/id',
  ],
  [
    'two actions of one id',
    {
      actions: [
        { ...action, id: 'a' },
        { ...action, id: 'a' },
      ],
    },
    '/actions/1/id',
  ],
  [
    'two sources of one id',
    {
      sources: [
        { ...source, id: 's' },
        { ...source, id: 's' },
      ],
    },
    '/sources/1/id',
  ],
  [
    'a check named twice',
    {
      checks: [
        { check: 'k', why: 'A.' },
        { check: 'k', why: 'B.' },
      ],
    },
    '/checks/1/check',
  ],
  [
    'an action for a cause that is not there',
    { actions: [{ ...action, id: 'a', causes: ['c'] }] },
    '/actions/0/causes/0',
  ],
  [
    'a time that is not as exact as its precision',
    { timeline: [{ ...entry, precision: 'minute' }] },
    '/timeline/0/at',
  ],
  [
    'a timeline entry from an unknown source',
    { timeline: [{ ...entry, source: 's' }] },
    '/timeline/0/source',
  ],
  ['a figure from an unknown source', measured({ source: 's' }), '/impact/measures/0/source'],
  [
    'a claim of an unknown source',
    { claims: [{ about: '/title', statement: 'S.', source: 's' }] },
    '/claims/0/source',
  ],
  [
    'a claim about nothing',
    {
      sources: [{ ...source, id: 's' }],
      claims: [{ about: '/impact/measures/0', statement: 'S.', source: 's' }],
    },
    '/claims/0/about',
  ],
  ['a figure whose least is more than its most', measured({ min: 3 }), '/impact/measures/0/min'],
  [
    'an unknown figure with a number',
    measured({ basis: 'unknown', min: null }),
    '/impact/measures/0/basis',
  ],
  ['a share of more than all', measured({ unit: 'traffic_share' }), '/impact/measures/0'],
  ['money of no currency', measured({ unit: 'money' }), '/impact/measures/0/of'],
  ['no versions without a reason', affects({ versions: null }), '/affected/0/noVersionsBecause'],
  [
    'versions, and a reason for none',
    affects({ noVersionsBecause: 'Hosted.' }),
    '/affected/0/noVersionsBecause',
  ],
  [
    'a window that ends as it begins',
    online('2024-07-19T04:09:00Z', '2024-07-19T04:09:00Z'),
    '/affected/0/conditions/onlineBetween',
  ],
  [
    'a window that ends before it begins',
    online('2024-07-19T04:09:01Z', '2024-07-19T04:09:00Z'),
    '/affected/0/conditions/onlineBetween',
  ],
  [
    'a driver that was tried beside a product that is not affected',
    tried({ beside: { product: 'other', versions: 'vers:intdot/1' } }),
    '/drivers/0/foundUnaffected/0/beside/product',
  ],
  [
    'a driver that was tried, as no source says',
    tried({ source: 'nobody' }),
    '/drivers/0/foundUnaffected/0/source',
  ],
  [
    'not knowing whom it concerns, and saying whom',
    { ...affects({}), affectedUnknown: true },
    '/affectedUnknown',
  ],
];

describe('within a record', () => {
  test.each(faulty)('%s is refused', (_, said, pointer) => {
    const faults = consistencyFaults(aRecord(said));
    expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
    expect(faults[0]?.detail).toMatch(/^.{20,}[.]$/);
  });

  test.each<[string, Partial<IncidentInput>]>([
    ['nothing at all', {}],
    ['not knowing whom it concerns', { affectedUnknown: true }],
    ['no versions with a reason', affects({ versions: null, noVersionsBecause: 'Hosted.' })],
    ['a figure known from one side only', measured({ max: null })],
    ['an unknown figure without a number', measured({ basis: 'unknown', min: null, max: null })],
    ['a share of all', measured({ unit: 'traffic_share', max: 1 })],
    ['money of a currency', measured({ unit: 'money', of: 'USD' })],
    ['a window of a second', online('2024-07-19T04:09:00Z', '2024-07-19T04:09:01Z')],
    [
      'one check for two actions',
      {
        actions: [
          { ...action, id: 'a', checks: ['k'] },
          { ...action, id: 'b', checks: ['k'] },
        ],
      },
    ],
    [
      'competing claims about one fact',
      {
        sources: [{ ...source, id: 's' }],
        claims: [
          { about: '/reach', statement: 'A.', source: 's' },
          { about: '/reach', statement: 'B.', source: 's' },
        ],
      },
    ],
  ])('%s is fine', (_, said) => {
    expect(consistencyFaults(aRecord(said))).toEqual([]);
  });

  test('a whole final record is fine', () => {
    expect(consistencyFaults(aFinalRecord())).toEqual([]);
  });

  test('every fault is listed at once, in the order of the fields', () => {
    const faults = consistencyFaults(
      aRecord({
        ...affects({ versions: null }),
        ...measured({ min: 3 }),
        timeline: [{ ...entry, at: '2024-13-01' }],
      }),
    );
    expect(faults.map(({ pointer }) => pointer)).toEqual([
      '/affected/0/noVersionsBecause',
      '/impact/measures/0/min',
      '/timeline/0/at',
    ]);
  });
});
