/** `decision record`, `show`, `replay` and `list`: verdicts that are kept with everything they rest on. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { type Answer, ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import {
  AskedWrongly,
  type ExitCode,
  exitCodeOfDecision,
  exitCodes,
  exitCodesExplained,
} from '../exit-code.ts';
import { printDecision } from '../output/decision.ts';
import { type FactsHandedOut, replayHere } from '../replay-decision.ts';
import type { Session } from '../session.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type RecordedDecision = components['schemas']['RecordedDecision'];

interface OutOption {
  out?: string;
}

export function addDecisionCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'decision', {
    does: 'verdicts that are kept with everything they rest on',
    examples: ['holdfast decision list sensor-content 291.20240812.900'],
  });

  declareAsking(group, 'record <product> <version>', {
    does: 'ask the gate and keep its decision; the exit code is the verdict',
    examples: [
      'holdfast decision record sensor-content 291.20240812.900 --ring general --out release.intoto.json',
    ],
  })
    .requiredOption('--ring <ring>', 'the ring asked about')
    .option('--out <file>', 'where to put the signed statement that comes with a pass')
    .addHelpText('after', `\n${exitCodesExplained}`)
    .action(asking(declaring, recordDecision));

  declareAsking(group, 'show <id>', {
    does: 'show a recorded decision, and whether its facts still lead to it',
    examples: ['holdfast decision show 7', 'holdfast decision show 7 --out release.intoto.json'],
  })
    .option('--out <file>', 'where to put its signed statement')
    .action(asking(declaring, showDecision));

  declareAsking(group, 'replay <id>', {
    does: 'decide again, here, from the recorded facts; ends with 0 where it comes out the same, else with 1',
    examples: ['holdfast decision replay 7'],
  }).action(asking(declaring, replayDecision));

  withListOptions(
    declareAsking(group, 'list <product> <version>', {
      does: 'list the recorded decisions of a release, the newest first',
      examples: ['holdfast decision list sensor-content 291.20240812.900'],
    }),
  ).action(
    asking(declaring, async (session, product: string, version: string, options: ListOptions) => {
      const { limit, cursor } = options;
      const call = session.client.GET('/v1/products/{product}/releases/{version}/decisions', {
        params: { path: { product, version }, query: { limit, cursor } },
      });
      return showPage(session, await ask(call), {
        id: ({ id }) => id,
        ring: ({ ring }) => ring,
        verdict: ({ verdict }) => verdict,
        'as of': ({ asOf }) => asOf,
        'recorded by': ({ recordedBy }) => recordedBy,
        signed: ({ signed }) => (signed ? 'yes' : 'no'),
      });
    }),
  );
}

async function recordDecision(
  session: Session,
  product: string,
  version: string,
  { ring, out }: OutOption & { ring: string },
): Promise<ExitCode> {
  const call = session.client.POST('/v1/products/{product}/releases/{version}/decisions', {
    params: { path: { product, version } },
    body: { ring },
  });
  // The client's types lose fields that are always null, such as the check of a known fault.
  const answer = (await ask(call)) as Answer<RecordedDecision>;
  if (answer.kind === 'refused') return session.refuse(answer);
  session.show(answer, (recorded) => {
    printDecision(session, recorded.decision);
    session.print(`\nRecorded as decision ${recorded.id}.`);
  });
  const code = exitCodeOfDecision(answer.data.decision);
  if (code !== exitCodes.done || out === undefined) return code;
  await saveEnvelope(session, answer.data, out);
  return code;
}

async function showDecision(session: Session, decision: string, { out }: OutOption) {
  const answer = await decisionWith(session, decision);
  if (answer.kind === 'refused') return session.refuse(answer);
  if (out !== undefined) await saveEnvelope(session, answer.data, out);
  return session.show(answer, (recorded) => {
    printDecision(session, recorded.decision);
    const { id, recordedBy, gateVersion, replay, envelope, noEnvelopeBecause } = recorded;
    session.print(`\nDecision ${id}, recorded by ${recordedBy}, made by gate ${gateVersion}.`);
    session.print(`Facts: ${recorded.decision.factsHash}`);
    session.print(describeReplay(replay));
    const [signature] = envelope?.signatures ?? [];
    session.print(signature ? `Signed by the key ${signature.keyid}.` : `${noEnvelopeBecause}`);
  });
}

async function replayDecision(session: Session, decision: string): Promise<ExitCode> {
  const answer = await decisionWith(session, decision);
  if (answer.kind === 'refused') return session.refuse(answer);
  const handedOut = await ask(
    session.client.GET('/v1/decisions/{decision}/facts', { params: { path: { decision } } }),
  );
  if (handedOut.kind === 'refused' && handedOut.status !== 403) return session.refuse(handedOut);
  session.pass(answer);
  if (handedOut.kind === 'refused') {
    session.note('This token may not read the facts, so the service replayed them itself.');
    return endReplay(session, answer.data.replay);
  }
  // As they came: what is made fit to print has another hash.
  return endReplay(
    session,
    replayHere(
      JSON.parse(answer.text) as RecordedDecision,
      JSON.parse(handedOut.text) as FactsHandedOut,
    ),
  );
}

function endReplay(session: Session, replay: RecordedDecision['replay']): ExitCode {
  session.print(describeReplay(replay));
  return replay.same ? exitCodes.done : exitCodes.notValid;
}

async function decisionWith(session: Session, decision: string): Promise<Answer<RecordedDecision>> {
  const call = session.client.GET('/v1/decisions/{decision}', { params: { path: { decision } } });
  return ask(call) as Promise<Answer<RecordedDecision>>;
}

function describeReplay({ same, gateVersion, verdict, factsHash }: RecordedDecision['replay']) {
  return same
    ? `Decided again by gate ${gateVersion}: the same facts, the same decision.`
    : `Decided again by gate ${gateVersion}: NOT the same. It comes out as ${verdict}, from facts ${factsHash}.`;
}

/** Without a line end: every byte of the file is part of the envelope. Throws `AskedWrongly`. */
async function saveEnvelope(
  session: Session,
  { id, envelope, noEnvelopeBecause }: RecordedDecision,
  path: string,
): Promise<void> {
  if (envelope === null) {
    throw new AskedWrongly(
      `Decision ${id} has no signed statement, so ${path} was not written. ${noEnvelopeBecause}`,
    );
  }
  try {
    await writeFile(path, JSON.stringify(envelope));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AskedWrongly(
      `${path} can't be written: ${reason}. Repeat it with holdfast decision show ${id} --out FILE.`,
      { cause },
    );
  }
  session.note(`The signed statement is in ${path}.`);
}
