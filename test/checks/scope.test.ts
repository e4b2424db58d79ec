/** A token that is bound to products knows of the checks for these, and changes only what is for these alone. */
import { expect, test } from 'vitest';
import { completeCheck } from '../../src/checks/check.ts';
import { mayRead, refuseChange } from '../../src/checks/scope.ts';
import { aCheck } from './a-check.ts';

const checkFor = (...products: string[]) => completeCheck({ ...aCheck, appliesTo: { products } });
const forAll = completeCheck(aCheck);

test.each([
  ['its product', checkFor('sensor'), true],
  ['its product and another', checkFor('sensor', 'agent'), true],
  ['every product', forAll, true],
  ['another product', checkFor('agent'), false],
])('a token bound to a product, and a check for %s', (_, check, visible) => {
  expect(mayRead(check, ['sensor'])).toBe(visible);
  expect(mayRead(check, [])).toBe(check === forAll);
  expect(mayRead(check, null)).toBe(true);
});

test.each([
  ['a new check for its product', null, checkFor('sensor'), true],
  ['a new check for every product', null, forAll, false],
  ['its check, still its own', checkFor('sensor'), checkFor('sensor'), true],
  ['its check, made one for all', checkFor('sensor'), forAll, false],
  ['a check for others too', checkFor('sensor', 'agent'), checkFor('sensor'), false],
  ['a check for all', forAll, checkFor('sensor'), false],
  ['a check for others', checkFor('agent'), checkFor('sensor'), false],
])('a token bound to a product puts %s', (_, before, after, granted) => {
  expect(refuseChange(before, after, ['sensor']) === null).toBe(granted);
  expect(refuseChange(before, after, null)).toBeNull();
});
