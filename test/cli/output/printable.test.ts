import { expect, test } from 'vitest';
import { printable } from '../../../src/cli/output/printable.ts';

test('text from elsewhere cannot speak to the terminal', () => {
  const value = { 'a\u001b[2J': ['\u001b]0;title\u0007', { b: 'one\u009b31m\u202etwo\r' }] };
  expect(printable(value)).toEqual({
    'a\ufffd[2J': ['\ufffd]0;title\ufffd', { b: 'one\ufffd31m\ufffdtwo\ufffd' }],
  });
});

test('line ends, tabs and every other value stay', () => {
  const value = { text: 'a\nb\tc', number: 1.5, none: null, yes: true, list: [1] };
  expect(printable(value)).toEqual(value);
  expect(printable('a\r\nb')).toBe('a\nb');
});
