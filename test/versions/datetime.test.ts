/** Instants as versions: RFC 3339 with offsets, decimals and leap seconds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkVersion, compareVersions } from '../../src/versions/index.ts';

describe('one instant has one canonical text, whatever its offset and decimals', () => {
  test.each([
    ['2024-07-19T04:09:00Z', '2024-07-19T04:09:00Z'],
    ['2024-07-19T06:09:00+02:00', '2024-07-19T04:09:00Z'],
    ['2024-07-18T23:39:00-04:30', '2024-07-19T04:09:00Z'],
    ['2024-07-19T04:09:00-00:00', '2024-07-19T04:09:00Z'],
    ['2024-07-19T04:09:00.000Z', '2024-07-19T04:09:00Z'],
    ['2024-07-19T04:09:00.1230Z', '2024-07-19T04:09:00.123Z'],
    ['2024-07-19T04:09:00.0000000000000000000001Z', '2024-07-19T04:09:00.0000000000000000000001Z'],
    ['2024-03-01T00:30:00+01:00', '2024-02-29T23:30:00Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    ['0000-02-29T00:00:00Z', '0000-02-29T00:00:00Z'],
    ['9999-12-31T23:59:59.9Z', '9999-12-31T23:59:59.9Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:60Z'],
    ['2017-01-01T08:59:60.5+09:00', '2016-12-31T23:59:60.5Z'],
  ])('%s is %s', (text, canonical) => {
    expect(checkVersion('datetime', text)).toMatchObject({ ok: true, canonical });
  });
});

test('instants order as time does, to the last decimal and through a leap second', () => {
  const ascending = [
    '0000-01-01T00:00:00Z',
    '0099-12-31T00:00:00Z',
    '2016-12-31T23:59:59.999999999Z',
    '2017-01-01T02:59:60+03:00',
    '2016-12-31T23:59:60.5Z',
    '2017-01-01T00:00:00Z',
    '2024-01-01T00:00:00+02:00',
    '2023-12-31T23:00:00Z',
    '2023-12-31T19:00:00.090-05:00',
    '2024-01-01T00:00:00.123Z',
    '2024-01-01T00:00:00.12300000000000000000000001Z',
    '2024-01-01T00:00:00.9Z',
    '2024-01-01T00:00:01Z',
  ];
  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries()) {
      expect([a, b, compareVersions('datetime', a, b)]).toEqual([a, b, Math.sign(i - j)]);
    }
  }
});

describe('a text that is no instant is refused at its first fault', () => {
  test.each([
    ['', 0],
    ['2024-07-19', 10],
    ['20240719T040900Z', 4],
    ['2024-07-19 04:09:00Z', 10],
    ['2024-07-19t04:09:00Z', 10],
    ['2024-07-19T04:09:00z', 19],
    ['2024-07-19T04:09Z', 16],
    ['2024-07-19T04:09:00', 19],
    ['2024-07-19T04:09:00.Z', 19],
    ['2024-07-19T04:09:00,5Z', 19],
    ['2024-07-19T04:09:00.5', 21],
    ['2024-07-19T04:09:00+0200', 22],
    ['2024-07-19T04:09:00+02', 22],
    ['2024-07-19T04:09:00Z ', 20],
    ['2024-07-19T04:09:00+02:00Z', 25],
    ['2024-00-19T04:09:00Z', 5],
    ['2024-13-19T04:09:00Z', 5],
    ['2024-07-00T04:09:00Z', 8],
    ['2024-07-32T04:09:00Z', 8],
    ['2023-02-29T04:09:00Z', 8],
    ['1900-02-29T04:09:00Z', 8],
    ['2024-07-19T24:00:00Z', 11],
    ['2024-07-19T04:60:00Z', 14],
    ['2024-07-19T04:09:61Z', 17],
    ['2024-07-19T04:09:60Z', 17],
    ['2016-12-31T23:59:60+01:00', 17],
    ['2016-12-30T23:59:60Z', 17],
    ['2024-07-19T04:09:00+24:00', 20],
    ['2024-07-19T04:09:00.5+02:60', 25],
    ['0000-01-01T00:00:00+00:01', 0],
    ['9999-12-31T23:59:00-00:01', 0],
    ['+02024-07-19T04:09:00Z', 0],
    ['２024-07-19T04:09:00Z', 0],
  ])('%j at %i', (text, position) => {
    expect(checkVersion('datetime', text)).toMatchObject({
      ok: false,
      position,
      reason: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });
});

test('instants of a millisecond order as their numbers do, at any offset', () => {
  const instant = fc
    .tuple(
      fc.integer({ min: Date.UTC(1, 0, 2), max: Date.UTC(9998, 0) }),
      fc.integer({ min: -1439, max: 1439 }),
    )
    .map(([milliseconds, offset]) => {
      const local = new Date(milliseconds + offset * 60_000).toISOString().slice(0, -1);
      const two = (figure: number) => String(figure).padStart(2, '0');
      const minutes = Math.abs(offset);
      const zone = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
      return { milliseconds, text: `${local}${offset < 0 ? '-' : '+'}${zone}` };
    });
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      expect(compareVersions('datetime', a.text, b.text)).toBe(
        Math.sign(a.milliseconds - b.milliseconds),
      );
    }),
  );
});
