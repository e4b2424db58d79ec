/** How commands are declared: what each of them shares, and how its work becomes an exit code. */
import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from './exit-code.ts';
import { type ConnectionOptions, defaultUrl, openSession, type Session } from './session.ts';
import type { Surroundings } from './terminal.ts';

/** What a group of commands is declared with. */
export interface Declaring {
  surroundings: Surroundings;
  /** Takes the outcome of the command that ran. */
  end(code: ExitCode): void;
}

interface Described {
  /** What it does, in a sentence. */
  does: string;
  /** Command lines as a person would type them; at least one. */
  examples: readonly string[];
}

/** A command with its description and examples, or a group of commands. `usage` is its name and arguments. */
export function declare(parent: Command, usage: string, { does, examples }: Described): Command {
  const lines = examples.map((example) => `  ${example}`).join('\n');
  const heading = examples.length === 1 ? 'Example' : 'Examples';
  return parent.command(usage).description(does).addHelpText('after', `\n${heading}:\n${lines}`);
}

/** A command that asks the service. */
export function declareAsking(parent: Command, usage: string, described: Described): Command {
  return withConnection(declare(parent, usage, described));
}

export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', `where the service is (or HOLDFAST_URL; else ${defaultUrl})`)
    .option('--token <token>', 'who is asking (or HOLDFAST_TOKEN)')
    .option('--json', 'print exactly what the service answered');
}

/** The action of a command that asks the service. `work` is given the arguments, then the options. */
export function asking<Args extends unknown[]>(
  { surroundings, end }: Declaring,
  work: (session: Session, ...args: Args) => Promise<ExitCode>,
): (...args: [...Args, Command]) => Promise<void> {
  return async (...all) => {
    const command = all.at(-1) as Command;
    const options = command.optsWithGlobals<ConnectionOptions & { file?: unknown }>();
    const session = openSession(options, surroundings, {
      options: new Map(command.options.map((each) => [each.attributeName(), each.long ?? ''])),
      file: typeof options.file === 'string' ? options.file : null,
    });
    end(await work(session, ...(all.slice(0, -1) as Args)));
  };
}

/** For an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** For an option that is a whole number from 1. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1.');
}
