/** What a driver is built for and where it lies: one speaks against it, the other for it. */
import { expect, test } from 'vitest';
import { askDriver, driver } from './recorded.ts';

test.each([
  ['amd64', 'probably_affected'],
  ['x86_64', 'probably_affected'],
  ['64-bit', 'probably_affected'],
  ['ARM64', 'cannot_tell'],
])('a file for %s beside a driver recorded for x64', (architecture, verdict) => {
  const recorded = driver('bus', { fileNames: ['bus.sys'], architectures: ['x64'] });
  const item = { fileName: 'bus.sys', fileVersion: '10.29', architecture };
  expect(askDriver(item, recorded).verdict).toBe(verdict);
});

test('a driver is recognised by where it lies', () => {
  const recorded = driver('bus', { paths: ['*\\harbor\\bus*.sys'] });
  const item = { path: 'C:\\Program Files\\Harbor\\bus64.sys', fileVersion: '10.29' };
  expect(askDriver(item, recorded).verdict).toBe('probably_affected');
  expect(askDriver({ ...item, path: 'C:\\bus64.sys' }, recorded).verdict).toBe('not_listed');
});
