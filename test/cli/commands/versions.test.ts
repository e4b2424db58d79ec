/** versions: ranges as OSV writes them and back, without a service. */
import { expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';

const events = [{ introduced: '1.2.0' }, { fixed: '1.4.1' }];
const affected = (...names: string[]) => ({
  affected: names.map((name) => ({ package: { name }, ranges: [{ type: 'SEMVER', events }] })),
});
const vers = (document: object, ...options: string[]) =>
  run(['versions', 'vers', fileWith('osv.json', document), '--scheme', 'semver', ...options]);

test('a range is printed as the ranges of an advisory, which read as the range', async () => {
  const printed = await run(['versions', 'osv', 'vers:semver/>=1.2.0|<1.4.1']);
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(printed.stdout)).toEqual({ ranges: [{ type: 'SEMVER', events }] });
  expect(await vers(JSON.parse(printed.stdout))).toMatchObject({
    code: 0,
    stdout: 'vers:semver/>=1.2.0|<1.4.1\n',
  });
});

test('of an advisory the one package is read, or the one that is named', async () => {
  expect((await vers(affected('a'))).stdout).toBe('vers:semver/>=1.2.0|<1.4.1\n');
  expect((await vers(affected('a', 'b'), '--package', 'b')).code).toBe(0);
  expect(await vers(affected('a', 'b'))).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('Give one with --package: a, b.'),
  });
  expect(await vers(affected('a'), '--package', 'c')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("names no package 'c', but: a."),
  });
});

test('versions that an advisory lists beside its ranges are affected too', async () => {
  const listed = { affected: [{ ranges: [{ type: 'SEMVER', events }], versions: ['5.0.0'] }] };
  expect((await vers(listed)).stdout).toBe('vers:semver/>=1.2.0|<1.4.1|5.0.0\n');
});

test.each([
  [['osv', 'vers:intdot/>=1|!=2'], '!=2 cannot be said.'],
  [['osv', '>=1'], 'Begin with vers:'],
])('a range that cannot be printed is refused: %s', async (args, why) => {
  expect(await run(['versions', ...args])).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining(why),
  });
});

test.each<[object, string]>([
  [{}, 'has no list of ranges (/ranges)'],
  [{ ranges: [{ events: [{ fixed: '1.0.0' }] }] }, "/ranges/0/events: Add an event 'introduced'"],
  [{ affected: [{ ranges: [{ type: 'GIT', events }] }] }, '/affected/0/ranges/0: commits (GIT)'],
  [{ ranges: [{}] }, '/ranges/0: It has no list of events.'],
  [{ affected: [{ ranges: [{ events }], versions: ['5'] }] }, "/affected/0/versions/0: '5' is no"],
  [{ affected: [{ versions: '5.0.0' }] }, '/affected/0/versions: It is no list'],
])('what is no range of versions is refused with its place', async (document, why) => {
  expect(await vers(document)).toMatchObject({ code: 3, stderr: expect.stringContaining(why) });
});
