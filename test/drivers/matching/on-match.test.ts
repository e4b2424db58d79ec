/** Drivers that are confirmed to who hands in their hash, and named to nobody else. */
import { describe, expect, test } from 'vitest';
import { ask, authentihash, harbor, incident, part, sha256 } from './recorded.ts';

const secret = part('harbor-bus', { visibility: 'on_match' });
const byName = { fileName: 'HarborBus.sys', fileVersion: '10.29.0.5152', signer: 'Harbor Audio' };
const otherHashes = { sha256: 'd'.repeat(64), authentihashSha256: 'e'.repeat(64) };
const asked = (items: readonly object[] | null, unreadableLines = 0) =>
  ask([harbor], [incident('HF-1', [secret])], { items, unreadableLines });

test.each([
  ['its SHA-256', { sha256 }, 'sha256'],
  ['its Authentihash', { authentihashSha256: authentihash }, 'authentihash'],
])('it is confirmed to who hands in %s', (_, item, basis) => {
  expect(asked([item])).toMatchObject({
    verdict: 'affected',
    incidents: [{ verdict: 'affected' }],
    drivers: [{ driver: 'harbor-bus', verdict: 'affected', basis, incidents: ['HF-1'] }],
  });
});

test('by name it is not listed, as if nobody had recorded it', () => {
  const [named] = asked([byName]).drivers;
  const [unknown] = ask([], [incident('HF-1')], { items: [byName] }).drivers;
  expect(named).toEqual(unknown);
});

test.each([
  ['without a list', null, 0, 'cannot_tell'],
  ['by name', [byName], 0, 'cannot_tell'],
  ['with other hashes', [{ ...byName, ...otherHashes }], 0, 'not_affected'],
  ['with unread lines', [otherHashes], 1, 'cannot_tell'],
  ['with an empty list', [], 0, 'cannot_tell'],
] as const)('%s, the answer names it nowhere', (_, items, unreadableLines, verdict) => {
  const evaluation = asked(items, unreadableLines);
  expect(evaluation.incidents).toMatchObject([{ verdict }]);
  const { incidents, drivers } = evaluation;
  const said = JSON.stringify({
    incidents,
    drivers: drivers.map(({ item: _item, ...rest }) => rest),
  });
  expect(said).not.toMatch(/harbor[- ]?bus/i);
});

test('who handed in a list without hashes is asked for them', () => {
  expect(asked([byName]).incidents[0]?.missing).toMatchObject([
    { field: 'items', detail: expect.stringContaining('SHA-256') },
  ]);
});

test('one incident may name a driver openly that another tells on a match', () => {
  const incidents = [incident('HF-1', [secret]), incident('HF-2', [part('harbor-bus')])];
  const named = ask([harbor], incidents, { items: [byName] });
  expect(named.drivers).toMatchObject([{ verdict: 'affected', incidents: ['HF-2'] }]);
  const hashed = ask([harbor], incidents, { items: [{ ...byName, sha256 }] });
  expect(hashed.drivers).toMatchObject([{ verdict: 'affected', incidents: ['HF-1', 'HF-2'] }]);
});

describe('where the catalogue leaves out what is told on a match', () => {
  const others = { ...incident('HF-1', [part('harbor-bus')]), unnamed: ['on_match'] as const };
  const answerTo = (items: readonly object[] | null, version = '7.11') =>
    ask([harbor], [others], { items, version }).incidents[0];

  test('a machine with drivers is never cleared, whatever hashes it hands in, and is sent to the service', () => {
    for (const item of [byName, otherHashes, { fileName: 'other.sys' }]) {
      const outside = { ...item, fileVersion: '99.0' };
      expect(answerTo([outside])).toMatchObject({
        verdict: 'cannot_tell',
        missing: expect.arrayContaining([
          { field: 'items', detail: expect.stringContaining('Ask the service'), command: null },
        ]),
      });
    }
  });

  test('a driver that is named openly still affects it', () => {
    expect(answerTo([byName])).toMatchObject({ verdict: 'affected', missing: [] });
  });

  test('a machine that lists no drivers is asked for the list', () => {
    for (const items of [[], null]) {
      expect(answerTo(items)).toMatchObject({
        verdict: 'cannot_tell',
        missing: [{ detail: 'Hand in the list of drivers that the command prints.' }],
      });
    }
  });
});
