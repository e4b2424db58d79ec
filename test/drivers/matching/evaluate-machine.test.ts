/** The whole machine: each incident, each driver, and the gravest answer for all of it. */
import { expect, test } from 'vitest';
import { affectedVerdicts } from '../../../src/drivers/matching/index.ts';
import { ask, driver, harbor, incident, part } from './recorded.ts';

const bad = { fileName: 'HarborBus.sys', fileVersion: '10.29.0.5152', signer: 'Harbor Audio' };
const fixed = { ...bad, fileVersion: '10.29.0.5714' };
const unlisted = { fileName: 'acpi.sys' };
const withDriver = [incident('HF-1', [part('harbor-bus')])];

test('an incident without drivers is answered by version', () => {
  const incidents = [incident('HF-1')];
  expect(ask([], incidents)).toMatchObject({
    verdict: 'affected',
    incidents: [{ incident: 'HF-1', evidence: '2.1 lies in 2.0 and later.', missing: [] }],
  });
  expect(ask([], incidents, { version: '1.9' }).verdict).toBe('not_affected');
  expect(ask([], incidents, { version: 'newest' })).toMatchObject({
    verdict: 'cannot_tell',
    incidents: [{ missing: [{ field: 'version' }] }],
  });
});

test.each(['24H2', '99x', '2,0', '1.9-2.1', '1.9 N/A Build 2', 'v2.1'])(
  '%s is no whole version, and is never cut to one that is',
  (version) => {
    const beside = { companions: [{ product: 'harbor', versions: 'vers:intdot/>=2' }] };
    const incidents = [
      incident('HF-1'),
      incident('HF-2', [], [{ versions: null, conditions: beside }]),
    ];
    const asked = { version, companions: [{ product: 'harbor', version }] };
    expect(ask([], incidents, asked).incidents).toMatchObject([
      { verdict: 'cannot_tell', missing: [{ field: 'version' }] },
      { verdict: 'cannot_tell', missing: [{ field: 'companions' }] },
    ]);
  },
);

test('a version outside the range is not affected, whatever conditions and drivers there are', () => {
  const conditions = { platforms: ['windows'] };
  const incidents = [incident('HF-1', [part('harbor-bus')], [{ conditions }])];
  const { incidents: answers, drivers } = ask([harbor], incidents, {
    version: '1.9',
    items: [bad],
  });
  expect(answers).toMatchObject([{ verdict: 'not_affected', missing: [] }]);
  expect(drivers).toMatchObject([{ verdict: 'not_affected', incidents: [] }]);
});

test('a condition that is not spoken of leaves driver and incident open', () => {
  const conditions = { platforms: ['windows'] };
  const incidents = [incident('HF-1', [part('harbor-bus')], [{ conditions }])];
  const evaluation = ask([harbor], incidents, { items: [bad] });
  expect(evaluation).toMatchObject({
    verdict: 'cannot_tell',
    incidents: [{ verdict: 'cannot_tell', missing: [{ field: 'platform' }] }],
    drivers: [{ verdict: 'cannot_tell', missing: [{ field: 'platform' }], incidents: ['HF-1'] }],
  });
});

test('one of several descriptions of the affected is enough', () => {
  const affected = [{ versions: 'vers:intdot/<1' }, { conditions: { platforms: ['linux'] } }];
  const incidents = [incident('HF-1', [], affected)];
  expect(ask([], incidents, { platform: 'linux' }).verdict).toBe('affected');
  expect(ask([], incidents, { platform: 'windows' }).verdict).toBe('not_affected');
});

test('what has no versions is affected in every one', () => {
  expect(ask([], [incident('HF-1', [], [{ versions: null }])], { version: 'any' }).verdict).toBe(
    'affected',
  );
});

test('incidents of other products are not considered', () => {
  const incidents = [incident('HF-1', [], [{ product: 'harbor' }])];
  expect(ask([], incidents)).toMatchObject({ verdict: 'not_listed', incidents: [] });
});

test.each([
  ['the driver in its range', [bad], 0, 'affected', 'affected'],
  ['the driver outside its range', [fixed], 0, 'not_affected', 'not_affected'],
  ['another driver alone', [unlisted], 0, 'not_listed', 'not_affected'],
  ['both', [unlisted, bad], 0, 'affected', 'affected'],
  ['no driver at all', [], 0, 'cannot_tell', 'cannot_tell'],
  ['no list', null, 0, 'cannot_tell', 'cannot_tell'],
  ['lines that could not be read', [], 2, 'cannot_tell', 'cannot_tell'],
  ['unread lines beside the driver outside its range', [fixed], 1, 'cannot_tell', 'cannot_tell'],
  ['unread lines beside the driver in its range', [bad], 1, 'affected', 'affected'],
] as const)('%s', (_, items, unreadableLines, verdict, ofIncident) => {
  const evaluation = ask([harbor], withDriver, { items, unreadableLines });
  expect(evaluation).toMatchObject({ verdict, incidents: [{ verdict: ofIncident }] });
});

test('what would tell is asked for, with the command of the machine', () => {
  const [answer] = ask([harbor], withDriver).incidents;
  expect(answer?.missing).toMatchObject([
    { field: 'items', command: expect.stringContaining('Get-CimInstance') },
  ]);
  const onLinux = ask([harbor], withDriver, {
    platform: 'ubuntu-24.04',
    unreadableLines: 1,
    items: [],
  });
  expect(onLinux.incidents[0]?.missing).toMatchObject([
    { field: 'items', command: expect.stringContaining('modinfo') },
  ]);
});

test('unread lines are at least "cannot tell", also where no incident needs a list', () => {
  const { verdict } = ask([], [incident('HF-1')], { version: '1', items: [], unreadableLines: 1 });
  expect(verdict).toBe('cannot_tell');
});

test('any one of the drivers of an incident is enough', () => {
  const other = driver('fjord-flt', { fileNames: ['FjordFlt.sys'] });
  const incidents = [incident('HF-1', [part('fjord-flt'), part('harbor-bus')])];
  expect(ask([harbor, other], incidents, { items: [bad] }).incidents[0]?.verdict).toBe('affected');
});

test('an incident says which of the drivers it is answered by', () => {
  const [answer] = ask([harbor], withDriver, { items: [unlisted, bad] }).incidents;
  expect(answer?.evidence).toBe(
    '2.1 lies in 2.0 and later; HarborBus.sys: 10.29.0.5152 lies in 10.29 to 10.29.0.5152.',
  );
});

test('the gravest speaks for the whole, in this order', () => {
  expect(affectedVerdicts).toEqual([
    'affected',
    'probably_affected',
    'cannot_tell',
    'not_listed',
    'not_affected',
  ]);
});

test('drivers are answered in the order handed in, incidents by gravity and then by key', () => {
  const incidents = [
    incident('HF-3', [], [{ versions: 'vers:intdot/<1' }]),
    incident('HF-2'),
    incident('HF-1'),
  ];
  const evaluation = ask([harbor], [...incidents, incident('HF-4', [part('harbor-bus')])], {
    items: [unlisted, fixed, bad],
  });
  expect(evaluation.drivers.map(({ verdict }) => verdict)).toEqual([
    'not_listed',
    'not_affected',
    'affected',
  ]);
  expect(evaluation.incidents.map((each) => each.incident)).toEqual([
    'HF-1',
    'HF-2',
    'HF-4',
    'HF-3',
  ]);
});

test('the answer carries what to do and the revision of the catalogue', () => {
  expect(ask([], [incident('HF-1')])).toMatchObject({
    catalogueRevision: 'r1',
    incidents: [{ title: 'What happened in HF-1', whatToDo: 'Install the fixed driver.' }],
  });
});
