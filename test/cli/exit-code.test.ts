import { describe, expect, test } from 'vitest';
import {
  CouldNotAsk,
  exitCodeOfDecision,
  exitCodeOfMachine,
  exitCodeOfProblem,
  gravestCode,
} from '../../src/cli/exit-code.ts';

test.each([
  ['passed', true, 0],
  ['passed_with_waivers', true, 0],
  ['not_applicable', true, 0],
  ['blocked', false, 1],
  ['pending', false, 2],
])('the verdict %s ends with its own code', (verdict, mayShip, code) => {
  expect(exitCodeOfDecision({ verdict, mayShip })).toBe(code);
});

test.each([
  ['someday', true],
  ['someday', false],
  ['toString', true],
  ['', true],
  ['passed', false],
  ['blocked', true],
])('the verdict %j with mayShip %s is no answer that anybody may act on', (verdict, mayShip) => {
  expect(() => exitCodeOfDecision({ verdict, mayShip })).toThrow(CouldNotAsk);
});

test.each([
  [400, 3],
  [401, 3],
  [403, 3],
  [404, 3],
  [409, 3],
  [412, 3],
  [413, 3],
  [422, 3],
  [428, 3],
  [408, 4],
  [429, 4],
  [500, 4],
  [503, 4],
])('a problem with status %i ends with code %i', (status, code) => {
  expect(exitCodeOfProblem(status)).toBe(code);
});

describe('of machines', () => {
  test.each([
    [[], 0],
    [['not_listed', 'not_affected'], 0],
    [['not_affected', 'cannot_tell'], 7],
    [['cannot_tell', 'probably_affected'], 6],
    [['probably_affected', 'affected', 'cannot_tell'], 5],
  ])('%j end with %i, the gravest one', (verdicts, code) => {
    expect(gravestCode(verdicts.map(exitCodeOfMachine))).toBe(code);
  });

  test('a verdict that only a newer service knows is no answer', () => {
    expect(() => exitCodeOfMachine('ruined')).toThrow(CouldNotAsk);
  });
});
