import { expect, test } from 'vitest';
import { colours } from '../../../src/cli/output/colour.ts';
import { drawTable } from '../../../src/cli/output/table.ts';

const plain = colours(false);
const sentence = 'A content update stops hosts at start';

test('columns are as wide as their text, and no line has spaces at its end', () => {
  const table = {
    head: ['status', 'check'],
    rows: [
      ['failed', 'a'],
      ['ok', 'longer-name'],
    ],
  };
  expect(drawTable(table, null, plain)).toBe('STATUS  CHECK\nfailed  a\nok      longer-name');
});

test('without a width every row stays on its line, however long', () => {
  const table = { head: ['check', 'title'], rows: [['a', sentence.repeat(20)]] };
  expect(drawTable(table, null, plain).split('\n')).toHaveLength(2);
});

test('in a narrow terminal the widest column is broken between words, and nothing is lost', () => {
  const table = { head: ['check', 'title'], rows: [['boot-loop', sentence]] };
  expect(drawTable(table, 30, plain)).toBe(
    [
      'CHECK      TITLE',
      'boot-loop  A content update',
      '           stops hosts at',
      '           start',
    ].join('\n'),
  );
});

test('a word that is longer than the terminal stays whole', () => {
  const table = { head: ['check'], rows: [['non-wildcard-field-match']] };
  expect(drawTable(table, 10, plain)).toContain('non-wildcard-field-match');
});

test('lines of one cell stay together in their row', () => {
  const table = { head: ['check', 'incidents', 'x'], rows: [['a', 'HF-1\nHF-2', 'y']] };
  expect(drawTable(table, null, plain)).toBe(
    ['CHECK  INCIDENTS  X', 'a      HF-1       y', '       HF-2'].join('\n'),
  );
});

test('colour changes nothing about the columns', () => {
  const rows = [[{ text: 'failed', tone: 'bad' as const }, 'a']];
  const drawn = drawTable({ head: ['status', 'check'], rows }, null, colours(true));
  expect(drawn).toBe('STATUS  CHECK\n\u001b[31mfailed\u001b[0m  a');
});
