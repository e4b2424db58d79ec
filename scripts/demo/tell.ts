/** Tells the story: a few sentences, each command as one would type it, and what it printed. */
import { wrap } from '../../src/cli/output/wrap.ts';
import type { Stage } from './stage.ts';
import type { Chapter, Step } from './story.ts';

/** Every line of a command and of what it prints begins with it. */
export const indent = '  ';

/**
 * Whether every step came out as told. Stops at the first that did not, and says what was expected. `columns` is the
 * width of the lines that are told.
 */
export async function tell(
  chapters: readonly Chapter[],
  stage: Pick<Stage, 'run' | 'giveToken'>,
  { print, columns }: { print(text: string): unknown; columns: number },
): Promise<boolean> {
  for (const [index, { title, told, steps }] of chapters.entries()) {
    const heading = `${index + 1}. ${title}`;
    print([heading, '-'.repeat(heading.length), ...wrap(told, columns), ''].join('\n'));
    for (const step of steps) {
      const { code, printed } = await stage.run(step.who, step.command);
      const output = printed.trimEnd();
      print(`${indent}${step.who}$ holdfast ${step.command.map(typed).join(' ')}`);
      const ending = code === 0 ? '' : `\n(exit code ${code})`;
      print(`${indented(output + ending, columns)}\n`);
      const fault = faultOf(step, code, output);
      if (fault !== null) {
        print(`This did not come out as told: ${fault}`);
        return false;
      }
      if (step.tokenFor) stage.giveToken(step.tokenFor, output.split('\n').at(-1) ?? '');
    }
  }
  return true;
}

/** A sentence, or null where all is well. */
function faultOf({ ends, shows }: Step, code: number, output: string): string | null {
  if (code !== ends) return `exit code ${ends} was expected, not ${code}.`;
  // A terminal's line ends may fall anywhere.
  const words = output.replace(/\s+/g, ' ');
  const absent = shows.find((text) => !words.includes(text));
  return absent === undefined ? null : `it was expected to print '${absent}'.`;
}

/** As one would type it in a shell. */
function typed(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

function indented(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => (isRowOfTable(line) ? [line] : wrap(line, columns - indent.length)))
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');
}

/** Its columns would fall apart. */
function isRowOfTable(line: string): boolean {
  return line.includes('  ');
}
