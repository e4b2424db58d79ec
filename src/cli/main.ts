/** The process: hands its arguments, environment and streams to the command line, and ends with its code. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommandLine } from './command-line.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';

let ended: ExitCode = exitCodes.couldNotAsk;

// However the process comes to its end, nobody takes it for a pass that the gate did not give.
process.on('exit', () => {
  process.exitCode = ended;
});

/** A reader that has seen enough, such as `head`, takes nothing away from the outcome. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function endUnexpectedly(error: unknown): void {
  console.error('holdfast: a fault of the command line itself:', error);
  ended = exitCodes.couldNotAsk;
  process.exit();
}

process.on('uncaughtException', endUnexpectedly);
process.on('unhandledRejection', endUnexpectedly);
process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);

const forPerson = process.stdout.isTTY === true;
ended = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  terminal: {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    columns: forPerson ? process.stdout.columns : null,
    colour: forPerson && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  },
  clock: { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) },
});
