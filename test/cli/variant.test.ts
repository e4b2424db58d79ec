import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { collectVariant, describeVariant, pairsOf } from '../../src/cli/variant.ts';

test('each --variant adds a property', () => {
  const variant = collectVariant('os=windows-11', collectVariant('arch=x64'));
  expect(variant).toEqual({ arch: 'x64', os: 'windows-11' });
  expect(pairsOf(variant)).toEqual(['arch=x64', 'os=windows-11']);
});

test('a value may hold further signs of equality', () => {
  expect(collectVariant('flags=a=b')).toEqual({ flags: 'a=b' });
});

test.each(['windows-11', '=windows-11', 'os='])('%j is no property', (text) => {
  expect(() => collectVariant(text)).toThrow(InvalidArgumentError);
});

test('a property given twice is refused, not decided', () => {
  expect(() => collectVariant('os=b', { os: 'a' })).toThrow('os is given twice');
});

test('a variant is written with its names in order, and none as nothing', () => {
  expect(describeVariant({ os: 'w', arch: 'x' })).toBe('arch=x, os=w');
  expect(describeVariant(null)).toBe('');
});
