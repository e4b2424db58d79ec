import { expect, test } from 'vitest';
import { ownUrl } from '../../src/server/own-url.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['incidents.example.test', 'http://incidents.example.test:8080'],
  ['::1', 'http://[::1]:8080'],
  ['0.0.0.0', 'http://localhost:8080'],
  ['::', 'http://localhost:8080'],
])('a service on %s is reached at %s', (host, url) => {
  expect(ownUrl(host, 8080)).toBe(url);
});
