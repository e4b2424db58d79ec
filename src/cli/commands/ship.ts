/** `ship`: asks to ship a release to a ring, and records it when the gate allows. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { ask, type Refused } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import {
  AskedWrongly,
  type ExitCode,
  exitCodeOfDecision,
  exitCodes,
  exitCodesExplained,
} from '../exit-code.ts';
import { printDecision } from '../output/decision.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';

type ShipmentInput = components['schemas']['ShipmentInput'];
type GateProblem = components['schemas']['GateProblem'];

interface ShipOptions extends Partial<ShipmentInput> {
  file?: string;
}

export function addShipCommand(program: Command, declaring: Declaring): void {
  declareAsking(program, 'ship <product> <version>', {
    does: 'ask to ship a release to a ring, and record it when the gate allows',
    examples: [
      'holdfast ship sensor-content 291.20240812.900 --ring canary',
      'holdfast ship sensor-content 291.20240719.409 --ring general --shipped-at 2024-07-19T04:09:00Z',
    ],
  })
    .option('--ring <ring>', 'the ring to enter')
    .option('--shipped-at <instant>', 'when it entered, where that was in the past; for engineers')
    .option(
      '--past-gate-reason <text>',
      'ship although the gate refuses; for approvers, kept for good',
    )
    .option('--file <file>', 'the same in a file, in JSON or YAML; options go before it')
    .addHelpText('after', `\n${exitCodesExplained}`)
    .action(asking(declaring, ship));
}

async function ship(session: Session, product: string, version: string, options: ShipOptions) {
  const body = await shipmentOf(options);
  const call = session.client.POST('/v1/products/{product}/releases/{version}/shipments', {
    params: { path: { product, version } },
    body,
  });
  const answer = await ask(call);
  if (answer.kind === 'refused' && 'decision' in answer.problem) {
    return refusedByGate(session, answer, answer.problem as GateProblem);
  }
  return session.show(answer, (shipment) => {
    const { ring, shippedAt, recordedBy, afterwards, pastGate } = shipment;
    const already = answer.status === 200 ? ' already' : '';
    session.print(
      `${shipment.product} ${shipment.version} is in ring ${ring}${already} since ${shippedAt}, recorded by ${recordedBy}.`,
    );
    if (afterwards) session.print('It was entered afterwards; the gate was not asked.');
    if (pastGate)
      session.print(`It shipped past the gate: ${pastGate.reason} (${pastGate.approvedBy})`);
  });
}

async function shipmentOf({ file, ...given }: ShipOptions): Promise<ShipmentInput> {
  const { ring, shippedAt, pastGateReason } = given;
  const written = file === undefined ? {} : await readDocument<Partial<ShipmentInput>>(file);
  const said = Object.entries({ ring, shippedAt, pastGateReason }).filter(([, value]) => value);
  const shipment = { ...written, ...Object.fromEntries(said) };
  if (shipment.ring === undefined) throw new AskedWrongly('Say which ring with --ring.');
  return shipment as ShipmentInput;
}

function refusedByGate(session: Session, answer: Refused, { decision }: GateProblem): ExitCode {
  printDecision(session, decision);
  session.refuse(answer);
  const code = exitCodeOfDecision(decision);
  // A refusal that carries a pass is no permission.
  return code === exitCodes.done ? exitCodes.couldNotAsk : code;
}
