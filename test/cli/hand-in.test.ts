import { expect, test } from 'vitest';
import { AskedWrongly } from '../../src/cli/exit-code.ts';
import { keyFor, type RunGiven, runOf } from '../../src/cli/hand-in.ts';
import type { ReportFile } from '../../src/cli/report-file.ts';

const release = { product: 'content', version: '1.2' };

function report(path: string, sha256 = path): ReportFile {
  return { kind: 'report', path, sha256, mediaType: 'application/xml', bytes: new Blob([]) };
}

function results(facts: object): ReportFile {
  return { kind: 'results', path: 'r.json', sha256: 'r', body: { results: [], ...facts } };
}

test('one file without a run is a run of its own', () => {
  expect(runOf([report('a')], {})).toEqual({ kind: 'own' });
});

test('several files are one run, announced in full, and another one each time', () => {
  const files = [report('a'), report('b')];
  const run = runOf(files, {});
  expect(run).toMatchObject({ kind: 'named', shards: 2 });
  expect(run).not.toEqual(runOf(files, {}));
});

test('a named run has as many shards as the caller says, or says nothing', () => {
  expect(runOf([report('a')], { run: 'b1', shards: 3 })).toMatchObject({ run: 'b1', shards: 3 });
  expect(runOf([report('a'), report('b')], { run: 'b1' })).toMatchObject({ shards: undefined });
});

test('files are numbered where the whole run is here, or where the caller says', () => {
  const two = [report('a'), report('b')];
  const first = (files: ReportFile[], given: RunGiven) => {
    const run = runOf(files, given);
    return run.kind === 'named' ? run.firstShard : null;
  };
  expect(first(two, {})).toBe(1);
  expect(first(two, { run: 'b1', shards: 2 })).toBe(1);
  expect(first(two, { run: 'b1', shards: 4, shard: 3 })).toBe(3);
  expect(first(two, { run: 'b1', shards: 4 })).toBe(undefined);
  expect(first(two, { run: 'b1' })).toBe(undefined);
  expect(first([report('a')], { run: 'b1', shards: 1 })).toBe(undefined);
});

test.each([
  ['shards without a run', [report('a')], { shards: 2 }],
  ['a shard without a run', [report('a')], { shard: 2 }],
  ['a shard past the last', [report('a')], { run: 'b1', shards: 2, shard: 3 }],
  ['files numbered past the last', [report('a'), report('b')], { run: 'b1', shards: 2, shard: 2 }],
  ['a file with another shard', [results({ run: 'b1', shard: 2 })], { run: 'b1', shard: 1 }],
  ['fewer shards than files', [report('a'), report('b')], { run: 'b1', shards: 1 }],
  ['a file with another run', [results({ run: 'other' })], { run: 'b1' }],
  ['a file with a run among several', [results({ run: 'other' }), report('a')], {}],
  ['a file with other shards', [results({ shards: 2 })], { run: 'b1', shards: 3 }],
])('%s are refused', (_, files, given) => {
  expect(() => runOf(files, given)).toThrow(AskedWrongly);
});

test('a file may name the run that the call names', () => {
  expect(runOf([results({ run: 'b1' })], { run: 'b1' })).toMatchObject({ run: 'b1' });
});

test('in a named run the same file is the same shard, however often the call is made', () => {
  const run = runOf([report('a')], { run: 'b1', shards: 2 });
  const key = (file = report('a'), index = 0, variant = {}) =>
    keyFor(release, file, index, { variant }, run);
  expect(key()).toBe(key());
  expect(key()).toMatch(/^[\x21-\x7e]{1,200}$/);
  expect(key(report('b'))).not.toBe(key());
  expect(key(report('a'), 1)).not.toBe(key());
  expect(key(report('a'), 0, { os: 'x' })).not.toBe(key());
});

test('without a named run every call stands for itself', () => {
  const key = () => keyFor(release, report('a'), 0, {}, { kind: 'own' });
  expect(key()).not.toBe(key());
});
