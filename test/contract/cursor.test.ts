import { expect, expectTypeOf, test } from 'vitest';
import { badCursor, readCursor, writeCursor } from '../../src/contract/cursor.ts';

const written = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

test('a cursor comes back as the position it was written from', () => {
  const cursor = writeCursor(['2024-07-19T04:09:00.000123Z', 'a/ü', 7]);
  expect(cursor).toMatch(/^[\w-]+$/);
  const reading = readCursor(cursor, ['instant', 'text', 'integer']);
  expect(reading).toEqual({ kind: 'after', position: ['2024-07-19T04:09:00.000123Z', 'a/ü', 7] });
  if (reading.kind === 'after') {
    expectTypeOf(reading.position).toEqualTypeOf<[string, string, number]>();
  }
});

test('no cursor is the start', () => {
  expect(readCursor(undefined, ['text'])).toEqual({ kind: 'start' });
});

test.each([
  ['', 'empty'],
  ['####', 'no base64url'],
  ['bm90IEpTT04', 'no JSON'],
  [written(), 'nothing'],
  [written(2, 'a', 1), 'another version'],
  [written(1, 'a'), 'too short'],
  [written(1, 'a', 1, 1), 'too long'],
  [written(1, 1, 1), 'a number for text'],
  [written(1, 'a\0', 1), 'text that no database keeps'],
  [written(1, 'a', '1'), 'text for a number'],
  [written(1, 'a', 1.5), 'a fraction for an integer'],
  [written(1, 'a', 1e300), 'an integer beyond all lists'],
])('the made-up cursor %s (%s) is bad, not an error of the database', (cursor) => {
  expect(readCursor(cursor, ['text', 'integer'])).toEqual({ kind: 'bad' });
});

test.each([
  ['2024-02-30T00:00:00Z', 'no such day'],
  ['2024-07-19T04:09:00+23:59', 'an offset that no database takes'],
  ['2024-07-19T04:09:00.5Z', 'not as lists write it'],
])('a cursor with the instant %s (%s) is bad', (instant) => {
  expect(readCursor(written(1, instant), ['instant'])).toEqual({ kind: 'bad' });
});

test('a bad cursor is a 400 that names the parameter', () => {
  const { status, body } = badCursor();
  expect([status, body.errors?.[0]?.parameter]).toEqual([400, 'cursor']);
});
