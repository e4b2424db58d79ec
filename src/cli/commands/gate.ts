/** `gate`: may this release ship to this ring? */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { type Answer, ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import { fetchWithin, secondsForAnswer } from '../connection.ts';
import { readDuration } from '../duration.ts';
import { AskedWrongly, exitCodeOfDecision, exitCodesExplained } from '../exit-code.ts';
import { type Decision, printDecision } from '../output/decision.ts';
import type { Session } from '../session.ts';
import { waitForVerdict } from '../wait-for-verdict.ts';

interface GateOptions {
  ring?: string;
  /** Milliseconds. */
  wait?: number;
  asOf?: string;
}

export function addGateCommand(program: Command, declaring: Declaring): void {
  declareAsking(program, 'gate <product> <version>', {
    does: 'ask the gate whether a release may ship; the exit code is the answer',
    examples: [
      'holdfast gate sensor-content 291.20240812.900',
      'holdfast gate sensor-content 291.20240812.900 --ring canary --wait 10m',
    ],
  })
    .option('--ring <ring>', "the ring asked about (else the product's last one)")
    .option(
      '--wait <duration>',
      'how long to wait while it is pending, as in 90s, 10m or 1h',
      duration,
    )
    .option('--as-of <instant>', 'what the gate would have said then')
    .addHelpText('after', `\n${exitCodesExplained}`)
    .action(asking(declaring, gate));
}

async function gate(session: Session, product: string, version: string, options: GateOptions) {
  const { ring, asOf, wait = 0 } = options;
  if (asOf !== undefined && wait > 0) {
    throw new AskedWrongly('Nothing is pending in the past: give --wait or --as-of, not both.');
  }
  const askWithin = (milliseconds: number) =>
    ask(
      session.client.GET('/v1/products/{product}/releases/{version}/gate', {
        params: { path: { product, version }, query: { ring, asOf } },
        fetch: fetchWithin(Math.min(milliseconds, secondsForAnswer * 1000)),
      }),
      // The client's types lose fields that are always null, such as the check of a known fault.
    ) as Promise<Answer<Decision>>;
  const answer = await waitForVerdict(session, wait, askWithin);
  if (answer.kind === 'refused') return session.refuse(answer);
  session.show(answer, (decision) => printDecision(session, decision));
  return exitCodeOfDecision(answer.data);
}

function duration(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds !== null) return milliseconds;
  throw new InvalidArgumentError('Give a whole number with its unit: 90s, 10m or 1h.');
}
