import { expect, test } from 'vitest';
import { didYouMean } from '../../src/contract/did-you-mean.ts';

test.each([
  ['severty', ['title', 'severity'], 'severity'],
  ['Severity', ['title', 'severity'], 'severity'],
  ['tilte', ['title', 'tiles'], 'title'],
  ['appliesto', ['appliesTo'], 'appliesTo'],
  ['rign', ['ring', 'rings'], 'ring'],
  ['name', ['title', 'severity'], null],
  ['', ['a'], null],
  ['x'.repeat(61), ['x'.repeat(60)], null],
])('for %s of %j the suggestion is %s', (word, candidates, meant) => {
  expect(didYouMean(word, candidates)).toBe(meant);
});
