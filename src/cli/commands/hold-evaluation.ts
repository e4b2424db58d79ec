/** `hold evaluate`: which machines must a rollout keep a release from? */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { Tone } from '../output/colour.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';

type Schemas = components['schemas'];
type Machine = Schemas['HoldEvaluation']['machines'][number];

interface EvaluateOptions {
  file: string;
  shipUnknown?: true;
}

export function addHoldEvaluationCommand(group: Command, declaring: Declaring): void {
  declareAsking(group, 'evaluate', {
    does: 'ask which machines a rollout must keep a release from',
    examples: [
      'holdfast hold evaluate --file machines.json',
      'holdfast hold evaluate --file machines.json --ship-unknown',
    ],
  })
    .requiredOption('--file <file>', 'the machines, in JSON or YAML: {"machines": [{"id", …}]}')
    .option('--ship-unknown', 'count a machine that cannot be told as one that may take it')
    .addHelpText(
      'after',
      `
Exit codes:
  0  every machine may take it
  1  at least one is held
  2  none is held, and at least one cannot be told
  3  asked wrongly
  4  could not ask`,
    )
    .action(asking(declaring, evaluateHolds));
}

async function evaluateHolds(session: Session, { file, shipUnknown }: EvaluateOptions) {
  const body = await readDocument<Schemas['HoldEvaluationInput']>(file);
  const answer = await ask(session.client.POST('/v1/holds/evaluation', { body }));
  if (answer.kind === 'refused') return session.refuse(answer);
  session.show(answer, ({ machines, counts }) => {
    session.printTable({
      head: ['machine', 'verdict', 'hold', 'evidence'],
      rows: machines.map((machine) => [
        machine.id,
        { text: machine.verdict, tone: tones[machine.verdict] },
        decisive(machine)
          .map(({ hold, incident }) => `${hold} (${incident})`)
          .join('\n'),
        decisive(machine).map(evidenceOf).join('\n'),
      ]),
    });
    session.print(
      `\n${counts.hold} held, ${counts.unknown} unknown, ${counts.proceed} may take it.`,
    );
  });
  return codeOf(answer.data.counts, shipUnknown ?? false);
}

const tones: Readonly<Record<Schemas['HoldVerdict'], Tone>> = {
  hold: 'bad',
  unknown: 'open',
  proceed: 'good',
};

/** The holds that the verdict rests on; of a machine that proceeds, none. */
function decisive({ verdict, holds }: Machine): Machine['holds'] {
  return verdict === 'proceed' ? [] : holds.filter((hold) => hold.verdict === verdict);
}

function evidenceOf({ evidence, missing }: Machine['holds'][number]): string {
  return [evidence, ...missing.map(({ detail }) => detail)].join(' ');
}

function codeOf(
  { hold, unknown }: Schemas['HoldEvaluation']['counts'],
  shipUnknown: boolean,
): ExitCode {
  if (hold > 0) return exitCodes.blocked;
  return unknown > 0 && !shipUnknown ? exitCodes.pending : exitCodes.done;
}
