import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { run } from './command-run.ts';
import { fakeService } from './fake-service.ts';

const program = commandLine({
  surroundings: {
    env: {},
    terminal: { stdout: () => {}, stderr: () => {}, columns: null, colour: false },
    clock: { now: () => 0, sleep: async () => {} },
    process: null,
  },
  end: () => {},
});

const commands = everyCommand(program).map(
  (command) => [pathOf(command), command] as [string, Command],
);
/** They are the service, or need none. */
const askingNobody = ['serve', 'migrate', 'versions osv', 'versions vers'];
const asking = commands.filter(
  ([path, { commands }]) => commands.length === 0 && !askingNobody.includes(path),
);

describe('every command', () => {
  test.each(commands)('%s --help shows an example of its own and ends with 0', async (path) => {
    const ran = await run([...path.split(' '), '--help']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(new RegExp(`Examples?:\\n  .*holdfast ${path}`));
  });

  test.each(asking)('%s takes --url, --token and --json', (_, command) => {
    const options = command.options.map(({ long }) => long);
    expect(options).toEqual(expect.arrayContaining(['--url', '--token', '--json']));
  });

  test.each(asking)('%s ends with 3 for an option that it does not have', async (path) => {
    const ran = await run([...path.split(' '), '--nonsense', 'x']);
    expect(ran.code).toBe(3);
  });
});

describe('asked wrongly', () => {
  test.each([
    ['no command', []],
    ['a command that does not exist', ['shipp']],
    ['a group without a command', ['incident']],
    ['an argument too few', ['gate', 'content']],
    ['an argument too many', ['gate', 'content', '1.2', 'general']],
    ['an option too few', ['token', 'create', '--role', 'reader']],
    ['an option without its value', ['gate', 'content', '1.2', '--ring']],
    ['a value that no enumeration has', ['token', 'create', '--role', 'king', '--name', 'A']],
    ['a duration without its unit', ['gate', 'content', '1.2', '--wait', '10']],
    ['a limit that is no number', ['product', 'list', '--limit', 'many']],
    [
      'a variant without a value',
      ['results', 'submit', 'content', '1.2', '--file', 'a', '--variant', 'os'],
    ],
  ])('%s: 3, and nothing is asked', async (_, args) => {
    const service = await fakeService(() => ({}));
    const ran = await run(args, { env: { HOLDFAST_URL: service.url } });
    expect(ran.code).toBe(3);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).not.toBe('');
    expect(service.asked).toEqual([]);
  });
});

test('help lists the exit codes', async () => {
  for (const args of [['--help'], ['gate', '--help'], ['ship', '--help']]) {
    expect((await run(args)).stdout).toContain('1  blocked');
  }
});

test('--version prints the version alone', async () => {
  expect(await run(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test('an answer of a shape that nobody foresaw is a fault, never a pass', async () => {
  const service = await fakeService(() => ({ body: { surprise: true } }));
  for (const args of [
    ['product', 'list'],
    ['gate', 'content', '1.2'],
    ['required', 'content'],
  ]) {
    expect((await run([...args, '--url', service.url])).code).toBe(4);
  }
});

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)]);
}

function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}
