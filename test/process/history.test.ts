import { expect, test } from 'vitest';
import { type Reading, unexplained, type WriterHistory } from './history.ts';

const writer: WriterHistory = {
  name: 'w',
  states: ['none', 'failed', 'passed'],
  writes: [
    { begun: 10, ended: 20 },
    { begun: 30, ended: 40 },
  ],
};
const reading = (begun: number, ended: number, state: string): Reading => ({
  begun,
  ended,
  seen: new Map([['w', state]]),
});

test.each([
  [
    'before, during and after',
    [reading(1, 2, 'none'), reading(11, 19, 'failed'), reading(41, 42, 'passed')],
  ],
  [
    'either state while the write is under way',
    [reading(31, 39, 'failed'), reading(32, 39, 'passed')],
  ],
])('a history is explained: %s', (_, readings) => {
  expect(unexplained([writer], readings)).toEqual([]);
});

test.each([
  ['an acknowledged write is missing', [reading(21, 22, 'none')]],
  ['a write shows before it was begun', [reading(1, 5, 'failed')]],
  ['what was read before is gone again', [reading(31, 33, 'passed'), reading(34, 39, 'failed')]],
])('a history is not explained: %s', (_, readings) => {
  expect(unexplained([writer], readings)).toHaveLength(1);
});
