/** `gate`: may this release ship to this ring? */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { type Answer, ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import { fetchWithin } from '../connection.ts';
import { readDuration } from '../duration.ts';
import { AskedWrongly, exitCodeOfDecision, exitCodesExplained } from '../exit-code.ts';
import { type Decision, printDecision } from '../output/decision.ts';
import { decisionJunit } from '../output/decision-junit.ts';
import { decisionMarkdown } from '../output/decision-markdown.ts';
import { discard, write } from '../report-written.ts';
import type { Session } from '../session.ts';
import { type Question, waitForVerdict } from '../wait-for-verdict.ts';

interface GateOptions {
  ring?: string;
  /** Milliseconds. */
  wait?: number;
  asOf?: string;
  markdown?: true;
  junit?: string;
  json?: true;
}

export function addGateCommand(program: Command, declaring: Declaring): void {
  declareAsking(program, 'gate <product> <version>', {
    does: 'ask the gate whether a release may ship; the exit code is the answer',
    examples: [
      'holdfast gate sensor-content 291.20240812.900',
      'holdfast gate sensor-content 291.20240812.900 --ring canary --wait 10m',
      'holdfast gate sensor-content 291.20240812.900 --junit gate.xml --markdown >> "$GITHUB_STEP_SUMMARY"',
    ],
  })
    .option('--ring <ring>', "the ring asked about (else the product's last one)")
    .option(
      '--wait <duration>',
      'how long to wait while it is pending, as in 90s, 10m or 1h',
      duration,
    )
    .option('--as-of <instant>', 'what the gate would have said then')
    .option('--markdown', 'print it as Markdown, for a pull request or the summary of a job')
    .option('--junit <file>', 'also write it as JUnit XML, a test case for each requirement')
    .addHelpText(
      'after',
      `\n${exitCodesExplained}\n\nWhat may ship may come with holds: the rollout must keep it from the machines that they speak of.`,
    )
    .action(asking(declaring, gate));
}

async function gate(session: Session, product: string, version: string, options: GateOptions) {
  const { ring, asOf, wait = 0, markdown, junit } = options;
  if (asOf !== undefined && wait > 0) {
    throw new AskedWrongly('Nothing is pending in the past: give --wait or --as-of, not both.');
  }
  if (markdown && options.json) {
    throw new AskedWrongly('Only one thing can be printed: give --markdown or --json, not both.');
  }
  const askGate = ({ waitSeconds, withinMs }: Question) =>
    ask(
      session.client.GET('/v1/products/{product}/releases/{version}/gate', {
        params: {
          path: { product, version },
          query: { ring, asOf, ...(waitSeconds > 0 && { waitSeconds }) },
        },
        fetch: fetchWithin(withinMs),
      }),
      // The client's types lose fields that are always null, such as the check of a known fault.
    ) as Promise<Answer<Decision>>;
  if (junit !== undefined) await discard(junit);
  const answer = await waitForVerdict(session, wait, askGate);
  if (answer.kind === 'refused') return session.refuse(answer);
  const code = exitCodeOfDecision(answer.data);
  if (junit !== undefined) await write(junit, decisionJunit(answer.data));
  session.show(answer, (decision) => {
    if (markdown) session.print(decisionMarkdown(decision).trimEnd());
    else printDecision(session, decision);
  });
  return code;
}

function duration(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds !== null) return milliseconds;
  throw new InvalidArgumentError('Give a whole number with its unit: 90s, 10m or 1h.');
}
