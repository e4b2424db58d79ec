import { expect, test } from 'vitest';
import { isSamePerson } from '../../src/gate/index.ts';

test.each([
  ['ann', 'ann', true],
  ['ann', 'Ann', true],
  ['ann', ' ANN\t', true],
  ['ann', 'ａｎｎ', true],
  ['zoë', 'zoe\u0308', true],
  ['ann', 'anna', false],
  ['ann smith', 'annsmith', false],
])('%j and %j are one person: %s', (a, b, same) => {
  expect(isSamePerson(a, b)).toBe(same);
  expect(isSamePerson(b, a)).toBe(same);
});
