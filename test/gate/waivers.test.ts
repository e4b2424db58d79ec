/** Which waiver covers what. */
import { describe, expect, test } from 'vitest';
import type {
  Facts,
  Outcome,
  RequirementStatus,
  Severity,
  WaiverFact,
} from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  guardedBy,
  incident,
  noon,
  onlyAnswer,
  outcomes,
  outline,
  release,
  report,
  reported,
  result,
  waiver,
} from '../support/gate-facts.ts';

const T = check('T');
const failedOn = (...systems: string[]) =>
  reported(
    report(
      at('09:00'),
      systems.map((os) => result('T', 'failed', { variant: { os } })),
    ),
  );

describe('a waiver covers', () => {
  const table: [name: string, given: Partial<WaiverFact>, failed: string[], expected: string[]][] =
    [
      [
        'the variant it names',
        { variant: { os: 's1' } },
        ['s1'],
        ['passed_with_waivers', 'T on os=s1 waived'],
      ],
      ['no other variant', { variant: { os: 's2' } }, ['s1'], ['blocked', 'T on os=s1 failed']],
      [
        'every variant where it names none',
        {},
        ['s1', 's2'],
        ['passed_with_waivers', 'T on os=s1 waived', 'T on os=s2 waived'],
      ],
      ['no other check', { check: 'U' }, ['s1'], ['blocked', 'T on os=s1 failed']],
      [
        'nothing once revoked',
        { revokedAt: at('11:00') },
        ['s1'],
        ['blocked', 'T on os=s1 failed'],
      ],
      [
        'nothing from the instant it is revoked',
        { revokedAt: noon },
        ['s1'],
        ['blocked', 'T on os=s1 failed'],
      ],
      ['nothing from its expiry on', { expiresAt: noon }, ['s1'], ['blocked', 'T on os=s1 failed']],
      [
        'nothing before it is approved',
        { approval: null },
        ['s1'],
        ['blocked', 'T on os=s1 failed'],
      ],
      [
        'from the very instant of its approval',
        { approval: { by: 'ada', at: noon, over: 'failed' } },
        ['s1'],
        ['passed_with_waivers', 'T on os=s1 waived'],
      ],
      [
        'nothing where the approval comes later',
        { approval: { by: 'ada', at: at('12:01'), over: 'failed' } },
        ['s1'],
        ['blocked', 'T on os=s1 failed'],
      ],
      [
        'a release inside the range that it stands for',
        { versions: 'vers:intdot/>=2|<3' },
        ['s1'],
        ['passed_with_waivers', 'T on os=s1 waived'],
      ],
      [
        'no release outside that range',
        { versions: 'vers:intdot/>=3' },
        ['s1'],
        ['blocked', 'T on os=s1 failed'],
      ],
    ];
  test.each(table)('%s', (_, given, failed, expected) => {
    const waivers = [waiver('T', given)];
    expect(outline(decided({ checks: [T], ...failedOn(...failed), waivers }))).toEqual(expected);
  });

  test('a pass of another variant leaves that pass alone', () => {
    const given = reported(
      report(at('09:00'), [
        result('T', 'failed', { variant: { os: 's1' } }),
        result('T', 'passed', { variant: { os: 's2' } }),
      ]),
    );
    expect(outline(decided({ checks: [T], ...given, waivers: [waiver('T')] }))).toEqual([
      'passed_with_waivers',
      'T on os=s1 waived',
      'T on os=s2 passed',
    ]);
  });
});

describe('a waiver covers the status it was approved over, or a milder one', () => {
  const grave: RequirementStatus[] = ['failed', 'errored'];
  const mild: RequirementStatus[] = [
    'missing',
    'running',
    'skipped',
    'insufficient',
    'other_build',
  ];
  const given: Record<string, Partial<Facts>> = {
    missing: { checks: [T] },
    insufficient: {
      checks: [check('T', { minimum: { machines: 1, hours: 1 } })],
      ...outcomes('T', 'passed'),
    },
    other_build: {
      checks: [T],
      release: release({ artifacts: ['a'] }),
      ...outcomes('T', 'passed'),
    },
  };
  for (const outcome of ['failed', 'errored', 'running', 'skipped'] satisfies Outcome[]) {
    given[outcome] = { checks: [T], ...outcomes('T', outcome) };
  }
  const statusUnder = (status: RequirementStatus, over: RequirementStatus) =>
    onlyAnswer(
      decided({
        ...given[status],
        waivers: [waiver('T', { approval: { by: 'ada', at: at('10:30'), over } })],
      }),
    ).status;

  test.each([...grave, ...mild])('approved over a failure or an error: %s is waived', (status) => {
    for (const over of grave) expect(statusUnder(status, over)).toBe('waived');
  });
  test.each(mild)('approved over anything mild: %s is waived', (status) => {
    for (const over of mild) expect(statusUnder(status, over)).toBe('waived');
  });
  test.each(grave)('approved over anything mild: %s is not', (status) => {
    for (const over of mild) expect(statusUnder(status, over)).toBe(status);
  });
  test.each([...grave, ...mild])('approved over a pass: %s is not', (status) => {
    expect(statusUnder(status, 'passed')).toBe(status);
  });
});

describe('the gravest incident behind the check, at the instant asked about, sets the limits', () => {
  const of = (severity: Severity, key = 'HF-1') => incident(key, { ...guardedBy('T'), severity });
  const days = (count: number) => {
    const expiry = new Date(Date.UTC(2024, 7, 12 + count, 10));
    return waiver('T', { expiresAt: expiry.toISOString().replace('.000', '') });
  };
  const own = waiver('T', { approval: { by: 'pip', at: at('10:30'), over: 'failed' } });
  const stricter = {
    key: 'sensor',
    versionScheme: 'intdot',
    rings: ['general'],
    waiverDaysMax: { sev1: 2, sev4: 10, sev2: 365 },
  } as const;

  const table: [name: string, given: Partial<Facts>, status: string][] = [
    ['7 days over a sev1', { incidents: [of('sev1')], waivers: [days(7)] }, 'waived'],
    ['8 days over a sev1', { incidents: [of('sev1')], waivers: [days(8)] }, 'missing'],
    ['30 days over a sev2', { incidents: [of('sev2')], waivers: [days(30)] }, 'waived'],
    ['31 days over a sev2', { incidents: [of('sev2')], waivers: [days(31)] }, 'missing'],
    ['90 days over a sev3', { incidents: [of('sev3')], waivers: [days(90)] }, 'waived'],
    ['91 days over a sev3', { incidents: [of('sev3')], waivers: [days(91)] }, 'missing'],
    ['90 days without an incident', { waivers: [days(90)] }, 'waived'],
    ['91 days without an incident', { waivers: [days(91)] }, 'missing'],
    [
      '60 days over a sev3, to which a sev1 was linked since',
      { incidents: [of('sev3'), of('sev1', 'HF-2')], waivers: [days(60)] },
      'missing',
    ],
    [
      'a sev1 that becomes known later changes nothing yet',
      {
        incidents: [of('sev3'), { ...of('sev1', 'HF-2'), knownAt: at('12:01') }],
        waivers: [days(60)],
      },
      'waived',
    ],
    [
      'a sev1 that was withdrawn changes nothing any more',
      { incidents: [of('sev3'), { ...of('sev1', 'HF-2'), withdrawn: true }], waivers: [days(60)] },
      'waived',
    ],
    [
      'a stricter product',
      { product: stricter, incidents: [of('sev1')], waivers: [days(3)] },
      'missing',
    ],
    [
      'a stricter product, without an incident',
      { product: stricter, waivers: [days(11)] },
      'missing',
    ],
    [
      'a product cannot be more lenient than the house',
      { product: stricter, incidents: [of('sev2')], waivers: [days(31)] },
      'missing',
    ],
    [
      'approved by its requester over a sev1',
      { incidents: [of('sev1')], waivers: [own] },
      'missing',
    ],
    [
      'approved by its requester over a sev2',
      { incidents: [of('sev2')], waivers: [own] },
      'missing',
    ],
    [
      'approved by its requester over a sev3',
      { incidents: [of('sev3')], waivers: [own] },
      'waived',
    ],
    ['approved by its requester without an incident', { waivers: [own] }, 'waived'],
    [
      'a range of versions over a sev2',
      { incidents: [of('sev2')], waivers: [waiver('T', { versions: 'vers:intdot/*' })] },
      'missing',
    ],
    [
      'a range of versions over a sev3',
      { incidents: [of('sev3')], waivers: [waiver('T', { versions: 'vers:intdot/*' })] },
      'waived',
    ],
  ];
  test.each(table)('%s', (_, given, status) => {
    expect(onlyAnswer(decided({ checks: [T], ...given })).status).toBe(status);
  });

  test('the answer names the incident that is being risked', () => {
    const incidents = [of('sev3'), of('sev2', 'HF-2')];
    expect(onlyAnswer(decided({ checks: [T], incidents, waivers: [days(1)] })).waiver).toEqual({
      id: 'waiver of T',
      reason: 'The lab is down.',
      approvedBy: 'ada',
      expiresAt: '2024-08-13T10:00:00Z',
      risks: 'HF-2',
      severity: 'sev2',
    });
  });
  test('and none, as a sev4, where no incident is behind the check', () => {
    const answer = onlyAnswer(decided({ checks: [T], waivers: [days(1)] }));
    expect(answer.waiver).toMatchObject({ risks: null, severity: 'sev4' });
  });
});

describe('of several waivers that cover a requirement', () => {
  const shown = (...waivers: WaiverFact[]) =>
    onlyAnswer(decided({ checks: [T], waivers })).waiver?.id;
  const short = waiver('T', { id: 'w1', expiresAt: '2024-08-13T00:00:00Z' });
  const long = waiver('T', { id: 'w3', expiresAt: '2024-08-14T00:00:00Z' });
  const alike = waiver('T', { id: 'w2', expiresAt: '2024-08-14T00:00:00Z' });

  test('the one that runs longest is named', () => {
    expect(shown(short, long)).toBe('w3');
    expect(shown(long, short)).toBe('w3');
  });
  test('of two that run as long, the first by id', () => {
    expect(shown(long, alike)).toBe('w2');
    expect(shown(alike, long)).toBe('w2');
  });
  test('one that does not cover it takes nothing from one that does', () => {
    const mild = waiver('T', {
      id: 'w0',
      expiresAt: '2024-08-20T00:00:00Z',
      approval: { by: 'ada', at: at('10:30'), over: 'missing' },
    });
    const decision = decided({ checks: [T], ...outcomes('T', 'failed'), waivers: [mild, long] });
    expect(onlyAnswer(decision)).toMatchObject({
      status: 'waived',
      waiver: { id: 'w3' },
      waiversNotApplied: [
        { waiver: 'w0', why: 'It was approved over missing, which is milder than failed.' },
      ],
    });
  });
});

describe('a live waiver that does not cover the requirement is explained', () => {
  const sev1 = [incident('HF-1', { ...guardedBy('T'), severity: 'sev1' })];
  const table: [why: string, given: Partial<WaiverFact>, incidents: Facts['incidents']][] = [
    ['It is not approved yet.', { approval: null }, []],
    [
      'It runs longer than the 7 days that HF-1 (sev1) allows.',
      { expiresAt: '2024-08-19T10:00:00.000001Z' },
      sev1,
    ],
    [
      'It runs longer than the 90 days that a check without an incident allows.',
      { expiresAt: '2025-08-19T10:00:00Z' },
      [],
    ],
    [
      'It stands for a range of versions, which HF-1 (sev1) does not allow.',
      { versions: 'vers:intdot/*' },
      sev1,
    ],
    [
      'Its requester approved it, and HF-1 (sev1) asks for a second person.',
      { approval: { by: 'pip', at: at('10:30'), over: 'failed' } },
      sev1,
    ],
    [
      'It was approved over running, which is milder than failed.',
      { approval: { by: 'ada', at: at('10:30'), over: 'running' } },
      [],
    ],
    [
      'It is not approved yet. It runs longer than the 7 days that HF-1 (sev1) allows.',
      { approval: null, expiresAt: '2024-09-19T10:00:00Z' },
      sev1,
    ],
  ];
  test.each(table)('%s', (why, given, incidents) => {
    const waivers = [waiver('T', given)];
    const decision = decided({ checks: [T], ...outcomes('T', 'failed'), incidents, waivers });
    expect(onlyAnswer(decision).waiversNotApplied).toEqual([{ waiver: 'waiver of T', why }]);
  });

  test.each([
    ['expired', { expiresAt: noon }],
    ['revoked', { revokedAt: at('11:00') }],
    ['of another variant', { variant: { os: 's1' } }],
    ['of another check', { check: 'U' }],
    ['requested later', { requestedAt: at('12:01') }],
  ])('one that is %s is not spoken of', (_, given) => {
    const waivers = [waiver('T', given)];
    const decision = decided({ checks: [T], ...outcomes('T', 'failed'), waivers });
    expect(onlyAnswer(decision).waiversNotApplied).toEqual([]);
  });

  test('a pass speaks of no waiver', () => {
    const waivers = [waiver('T', { approval: null })];
    const decision = decided({ checks: [T], ...outcomes('T', 'passed'), waivers });
    expect(onlyAnswer(decision).waiversNotApplied).toEqual([]);
  });
});
