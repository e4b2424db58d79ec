import { expect, test } from 'vitest';
import { safeUrl } from '../../src/web/safe-url.ts';

test.each([
  ['https://example.test/a?b#c', 'https://example.test/a?b#c'],
  ['http://example.test', 'http://example.test/'],
  ['mailto:someone@example.test', 'mailto:someone@example.test'],
  ['javascript:alert(1)', null],
  [' java\nscript:alert(1)', null],
  ['data:text/html,x', null],
  ['vbscript:x', null],
  ['file:///etc/passwd', null],
  ['//example.test', null],
  ['/reports', null],
  ['', null],
])('%j becomes %j', (address, expected) => {
  expect(safeUrl(address)).toBe(expected);
});
