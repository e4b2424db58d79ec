/** The documents name only commands, options, scripts and variables that exist, and the tables leave none out. */
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { scripts } from '../../package.json';
import { commandLine } from '../../src/cli/command-line.ts';
import { readConfiguration } from '../../src/server/configuration.ts';
import { documents, textOf } from './markdown.ts';

const silent = { stdout: () => {}, stderr: () => {}, columns: null, colour: false };
const program = commandLine({
  surroundings: {
    env: {},
    terminal: silent,
    clock: { now: () => 0, sleep: async () => {} },
    process: null,
  },
  end: () => {},
});

/** `holdfast …` in code, of one line or in a block, with lines that a backslash continues made one. */
function typedCommands(document: string): string[] {
  const text = textOf(document).replaceAll('\\\n', ' ');
  const code = [...text.matchAll(/^```\w*\n(.*?)^```$/gms), ...text.matchAll(/`([^`\n]+)`/g)];
  const commands = code.flatMap(([, inside = '']) =>
    [
      ...inside.matchAll(/(?:npx holdfast|^holdfast|node (?:dist\/)?holdfast\.mjs) ([^\n)]*)/gm),
    ].map(([, words = '']) => words.trim()),
  );
  return [...new Set(commands)];
}

/** What of it does not exist, null where all does. */
function unknownIn(typed: string): string | null {
  const words = typed.split(/ +/);
  let command: Command = program;
  for (const word of words) {
    const inner = command.commands.find((candidate) => candidate.name() === word);
    if (inner === undefined) break;
    command = inner;
  }
  if (command === program || command.commands.length > 0) return 'the command';
  const known = command.options.map(({ long }) => long);
  const unknown = words.find((word) => /^--\w/.test(word) && !known.includes(word.split('=')[0]));
  return unknown ?? null;
}

describe.each(documents)('%s', (document) => {
  test('every command of holdfast exists, with its options', () => {
    const faults = typedCommands(document)
      .map((typed) => ({ typed, unknown: unknownIn(typed) }))
      .filter(({ unknown }) => unknown !== null);
    expect(faults).toEqual([]);
  });

  test('every script of npm exists', () => {
    const named = [...textOf(document).matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('the documents name commands at all', () => {
  expect(documents.flatMap(typedCommands).length).toBeGreaterThan(20);
});

test("the README's table has every command, and none that does not exist", () => {
  const table = textOf('README.md').split('| command | does |')[1]?.split('\n\n')[0] ?? '';
  const named = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => {
    let group = '';
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => {
      const words = code.split(' ').filter((word) => /^[a-z]/.test(word));
      const [first = '', second] = words;
      if (second === undefined) return group === '' ? first : `${group} ${first}`;
      group = first;
      return `${first} ${second}`;
    });
  });
  const existing = program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [command.name()]
      : command.commands.map((inner) => `${command.name()} ${inner.name()}`),
  );
  expect(named.toSorted()).toEqual(existing.toSorted());
});

test("the operator's table has every environment variable that is read", () => {
  const read = new Set<string>();
  readConfiguration(
    new Proxy<Record<string, undefined>>({}, { get: (_, name) => void read.add(String(name)) }),
  );
  const table = textOf('docs/operating.md').split('| variable |')[1]?.split('\n\n')[0] ?? '';
  const named = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual([...read].sort());
});
