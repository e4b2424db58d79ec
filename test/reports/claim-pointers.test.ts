import { describe, expect, test } from 'vitest';
import { follow, keep } from '../../src/reports/claim-pointers.ts';

describe('keep', () => {
  test('says where each item that stays went', () => {
    const { kept, places } = keep(['a', 'B', 'c'], (item) => item === item.toLowerCase());
    expect(kept).toEqual(['a', 'c']);
    expect([...places]).toEqual([
      [0, 0],
      [2, 1],
    ]);
  });
});

describe('follow', () => {
  const lists = {
    timeline: new Map([
      [0, 0],
      [2, 1],
    ]),
  };
  test.each([
    ['/severity', '/severity', 'a field that is no list stays'],
    ['/timeline', '/timeline', 'the list itself stays'],
    ['/timeline/2', '/timeline/1', 'an item goes to its new place'],
    ['/timeline/2/at', '/timeline/1/at', 'so does what lies within it'],
    ['/timeline/1', null, 'an item that is not public is left behind'],
    ['/timeline/7', null, 'an item that never was is nowhere'],
    ['/timeline/02', null, 'an index has one spelling'],
    ['/timeline/constructor', null, 'a name is no index'],
    ['/__proto__/x', '/__proto__/x', 'no list has an inherited name'],
  ])('%s → %s: %s', (pointer: string, expected: string | null, _: string) => {
    expect(follow(pointer, lists)).toBe(expected);
  });
});
