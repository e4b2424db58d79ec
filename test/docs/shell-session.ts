/** Types the commands of a document into one shell, as a reader would, against a service of the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Block, root, type Typed, typedIn } from './markdown.ts';

/** One command with everything that it printed, on either stream, in the order in which it came. */
export interface Ran extends Typed {
  output: string;
  /** Of a whole script: of the first command in it that failed, which ended it. */
  code: number;
}

/**
 * Runs `sh` blocks as scripts that end at the first command that fails, and `console` blocks line by line, after the
 * files that the document shows were written. `npm` is left out: the service runs already.
 */
export async function typeInto(
  blocks: readonly Block[],
  env: Readonly<Record<string, string>>,
): Promise<Ran[]> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-reader-'));
  try {
    await symlink(`${root}library`, join(folder, 'library'));
    // npx itself takes longer than the command; that it finds the build is a test of its own.
    await writeFile(
      join(folder, 'npx'),
      `#!/bin/sh\nshift\nexec '${process.execPath}' '${root}dist/holdfast.mjs' "$@"\n`,
    );
    await chmod(join(folder, 'npx'), 0o755);
    for (const { file, text } of blocks) if (file) await writeFile(join(folder, file), text);
    const commands = blocks.flatMap(typedIn).filter(({ command }) => !command.startsWith('npm '));
    const printed = await bash(scriptOf(commands), folder, {
      ...env,
      PATH: `${folder}:${process.env.PATH}`,
    });
    return commands.map((typed, index) => ({ ...typed, ...outcomeOf(printed, index) }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each command, followed by a line with its exit code, which `$?` of the next command still gives. */
function scriptOf(commands: readonly Typed[]): string {
  const steps = commands.map(({ command, printed }, index) => {
    const strict = printed === null ? `set -e\n${command}\nset +e` : `(exit $ended)\n${command}`;
    return `begun=${index}\n${strict}\nended=$?\necho "${mark(index)} $ended"`;
  });
  const atEnd = `trap 'code=$?; [ $code = 0 ] || echo "@command $begun ended $code"' EXIT`;
  return [atEnd, 'exec 2>&1', 'ended=0', ...steps].join('\n');
}

const mark = (index: number) => `@command ${index} ended`;

function outcomeOf(printed: string, index: number): { output: string; code: number } {
  const from = index === 0 ? 0 : printed.indexOf(mark(index - 1));
  const until = printed.indexOf(mark(index));
  if (from < 0 || until < 0) return { output: 'never ran', code: Number.NaN };
  const begin = index === 0 ? 0 : printed.indexOf('\n', from) + 1;
  return {
    output: printed.slice(begin, until),
    code: Number.parseInt(printed.slice(until + mark(index).length), 10),
  };
}

async function bash(script: string, cwd: string, env: Record<string, string>): Promise<string> {
  const shell = spawn('bash', ['-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await once(shell, 'close');
  return printed;
}
