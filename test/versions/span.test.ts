/** Spans find what ranges contain, and only let through what the exact test then judges. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVersion, contains, parseRange, pointOf, spansOf } from '../../src/versions/index.ts';

function rangeOf(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.range;
}

function pointIn(version: string, subject: string): string {
  const reading = checkVersion('intdot', version);
  if (!reading.ok) throw new Error(reading.reason);
  return pointOf(reading.sortKey, subject);
}

const holds = (range: string, version: string, subject = 'a') =>
  spansOf(rangeOf(range), subject).some(({ from, to }) => {
    const point = Buffer.from(pointIn(version, 'a'));
    return (
      Buffer.compare(Buffer.from(from), point) <= 0 && Buffer.compare(point, Buffer.from(to)) <= 0
    );
  });

test.each([
  ['vers:intdot/*', '0', true],
  ['vers:intdot/>=1.2|<2.0', '1.9', true],
  ['vers:intdot/>=1.2|<2.0', '1.1.9', false],
  ['vers:intdot/>=1.2|<2.0', '10', false],
  ['vers:intdot/<2', '0', true],
  ['vers:intdot/>2', '99999999999999999999', true],
  ['vers:intdot/1.5', '1.5.0', true],
])('%s holds %s: %s', (range, version, held) => {
  expect(holds(range, version)).toBe(held);
});

test('a span of one subject never holds a version of another', () => {
  for (const subject of ['b', 'aa', 'a.', 'a-b', 'a0']) {
    expect(holds('vers:intdot/*', '1', subject)).toBe(false);
  }
});

test('whatever a range contains lies in one of its spans', () => {
  const version = fc
    .array(fc.nat(300), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('.'));
  const bounds = fc.tuple(version, version, fc.constantFrom('>', '>='), fc.constantFrom('<', '<='));
  fc.assert(
    fc.property(bounds, version, ([a, b, low, high], asked) => {
      const parsed = parseRange(`vers:intdot/${low}${a}|${high}${b}`);
      fc.pre(parsed.ok);
      if (!parsed.ok || !contains(parsed.range, asked)) return;
      const point = Buffer.from(pointIn(asked, 'a'));
      const inSpan = spansOf(parsed.range, 'a').some(
        ({ from, to }) =>
          Buffer.compare(Buffer.from(from), point) <= 0 &&
          Buffer.compare(point, Buffer.from(to)) <= 0,
      );
      expect(inSpan).toBe(true);
    }),
  );
});
