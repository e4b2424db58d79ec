/** The command line: every command, and what a run of it ends with. */
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { StartRefused } from '../db/start-refused.ts';
import { type Declaring, withConnection } from './command.ts';
import { addActionCommands } from './commands/actions.ts';
import { addAffectedCommand } from './commands/affected.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addCheckCommands } from './commands/checks.ts';
import { addCoverageCommands } from './commands/coverage.ts';
import { addDecisionCommands } from './commands/decisions.ts';
import { addDriverCommands } from './commands/drivers.ts';
import { addGateCommand } from './commands/gate.ts';
import { addHoldCommands } from './commands/holds.ts';
import { addIncidentCommands } from './commands/incidents.ts';
import { addProductCommands } from './commands/products.ts';
import { addQualityCommand } from './commands/quality.ts';
import { addReleaseCommands } from './commands/releases.ts';
import { addReportCommands } from './commands/reports.ts';
import { addRequiredCommand } from './commands/required.ts';
import { addResultCommands } from './commands/results.ts';
import { addServiceCommands } from './commands/service.ts';
import { addShipCommand } from './commands/ship.ts';
import { addTokenCommands } from './commands/tokens.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addVersionCommands } from './commands/versions.ts';
import { addWaiverCommands } from './commands/waivers.ts';
import { addWebhookCommands } from './commands/webhooks.ts';
import {
  AskedWrongly,
  CouldNotAsk,
  type ExitCode,
  exitCodes,
  exitCodesExplained,
} from './exit-code.ts';
import { printable } from './output/printable.ts';
import type { Surroundings, Terminal } from './terminal.ts';

/** Runs one command. Never throws: whatever happens becomes a line on stderr and an exit code. */
export async function runCommandLine(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  let ended: ExitCode | null = null;
  const program = commandLine({
    surroundings,
    end(code) {
      ended = code;
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    // Every action ends with a code of its own; without one nothing was done.
    return ended ?? exitCodes.couldNotAsk;
  } catch (error) {
    return exitCodeOf(error, surroundings.terminal);
  }
}

/** Every command, declared in the order of the help. */
export function commandLine(declaring: Declaring): Command {
  const { terminal } = declaring.surroundings;
  const program = new Command('holdfast')
    .description('The memory of faulty releases, and the gate that makes that memory count.')
    .version(version)
    .addHelpText(
      'after',
      `\n${exitCodesExplained}\n\nExample:\n  holdfast gate sensor-content 291.20240812.900 --ring canary --wait 10m`,
    )
    // `--version` before a command is ours, behind it the command's.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('Add --help for what it takes, with an example.')
    .configureOutput({
      writeOut: (text) => terminal.stdout(text),
      writeErr: (text) => terminal.stderr(text),
      getOutHelpWidth: () => terminal.columns ?? 100,
      getErrHelpWidth: () => terminal.columns ?? 100,
    });
  withConnection(program);
  for (const addCommands of groups) addCommands(program, declaring);
  return program;
}

const groups: readonly ((program: Command, declaring: Declaring) => void)[] = [
  addServiceCommands,
  addTokenCommands,
  addProductCommands,
  addCheckCommands,
  addDriverCommands,
  addReleaseCommands,
  addIncidentCommands,
  addHoldCommands,
  addActionCommands,
  addRequiredCommand,
  addResultCommands,
  addGateCommand,
  addDecisionCommands,
  addVerifyCommand,
  addShipCommand,
  addWaiverCommands,
  addCoverageCommands,
  addQualityCommand,
  addReportCommands,
  addWebhookCommands,
  addVersionCommands,
  addAffectedCommand,
  addAuditCommands,
];

function exitCodeOf(error: unknown, terminal: Terminal): ExitCode {
  // Commander has said it already; `--help` and `--version` are no faults.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.askedWrongly;
  }
  if (error instanceof AskedWrongly) {
    terminal.stderr(`holdfast: ${printable(error.message)}\n`);
    return exitCodes.askedWrongly;
  }
  if (error instanceof CouldNotAsk || error instanceof StartRefused) {
    terminal.stderr(`holdfast: ${printable(error.message)}\n`);
    return exitCodes.couldNotAsk;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.stderr(`holdfast: a fault of the command line itself: ${trace}\n`);
  return exitCodes.couldNotAsk;
}
