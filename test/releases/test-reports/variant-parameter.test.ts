/** A variant as it is written in an address. */
import { expect, test } from 'vitest';
import { readVariant } from '../../../src/releases/test-reports/variant-parameter.ts';

test.each([
  { pairs: [], variant: null },
  { pairs: ['os=windows-10'], variant: { os: 'windows-10' } },
  { pairs: ['os=windows-10', 'arch=x64'], variant: { os: 'windows-10', arch: 'x64' } },
  { pairs: ['flags=a=1,b=2'], variant: { flags: 'a=1,b=2' } },
  { pairs: ['os= '], variant: { os: ' ' } },
])('$pairs is the variant $variant', ({ pairs, variant }) => {
  expect(readVariant(pairs)).toEqual({ kind: 'read', variant });
});

test('a name given twice is a fault of the parameter, even with the same value', () => {
  const twice = readVariant(['os=windows-10', 'arch=x64', 'os=windows-10', 'os=windows-11']);
  expect(twice).toEqual({
    kind: 'faulty',
    faults: [
      {
        parameter: 'variant',
        detail: "names 'os' more than once; a variant has one value for each name",
      },
    ],
  });
});

test('a name that every object has is a name like any other', () => {
  const reading = readVariant(['__proto__=x']);
  expect(JSON.stringify(reading)).toBe('{"kind":"read","variant":{"__proto__":"x"}}');
});
