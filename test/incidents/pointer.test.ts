import { expect, test } from 'vitest';
import { standsIn } from '../../src/incidents/pointer.ts';

const record = { 'a/b': 1, 'm~n': null, list: [{ id: 'x' }], empty: '' };

test.each(['', '/a~1b', '/m~0n', '/list', '/list/0', '/list/0/id', '/empty'])(
  '%j leads to something',
  (pointer) => expect(standsIn(record, pointer)).toBe(true),
);

test.each([
  '/a',
  '/a/b',
  '/list/1',
  '/list/-',
  '/list/00',
  '/list/length',
  '/list/0/id/0',
  '/toString',
])('%j leads nowhere', (pointer) => expect(standsIn(record, pointer)).toBe(false));
