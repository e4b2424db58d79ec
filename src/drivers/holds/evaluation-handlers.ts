/** Which machines a rollout must keep a release from, over HTTP. What is handed in is answered and forgotten. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Handlers } from '../../contract/handlers.ts';
import { unprocessable } from '../../contract/problems.ts';
import { productsOf, readsUnpublished } from '../../contract/product-scope.ts';
import type { components } from '../../contract/types.gen.ts';
import { nowIn } from '../../db/clock.ts';
import type { Service } from '../../db/service.ts';
import { absolute, links } from '../../web/links.ts';
import { readMachine, showMissing } from '../machine-asked.ts';
import { machineFaults } from '../machine-faults.ts';
import { activeHoldsReader } from './active-holds.ts';
import { evaluateHolds, type HoldAnswer } from './evaluate.ts';
import { faultsOfMachines } from './faults-of-machines.ts';

type Schemas = components['schemas'];
type MachineAnswer = Schemas['HoldEvaluation']['machines'][number];

export function holdEvaluationHandlers({
  db,
  publicUrl,
}: Pick<Service, 'db' | 'publicUrl'>): Pick<Handlers, 'evaluateHolds'> {
  const holdsFor = activeHoldsReader(db);

  return {
    async evaluateHolds({ caller, body }) {
      const view = { reach: productsOf(caller), readsUnpublished: readsUnpublished(caller) };
      const { revision, byProduct, products } = await holdsFor(view);
      const faults = [
        ...faultsOfMachines(body.machines, products),
        ...body.machines.flatMap((each, index) => machineFaults(each, `/machines/${index}`)),
      ];
      if (faults.length > 0) return unprocessable(faults);
      const asOf = await nowIn(db);
      const machines: MachineAnswer[] = [];
      const counts = { hold: 0, unknown: 0, proceed: 0 };
      for (const [index, { id, ring = null, ...asked }] of body.machines.entries()) {
        const read = readMachine(asked);
        if (read.kind === 'too_large') {
          const pointer = `/machines/${index}/inventory`;
          return unprocessable([{ pointer, detail: read.why }]);
        }
        const { machine, inventory } = read;
        const holds = byProduct.get(machine.product) ?? [];
        const { verdict, answers } = evaluateHolds(holds, machine, ring, asOf);
        counts[verdict] += 1;
        const { unreadable, unreadableTotal } = inventory;
        const shown = answers.map((answer) => showAnswer(answer, publicUrl));
        machines.push({ id, verdict, holds: shown, unreadable, unreadableTotal });
        // Others are answered meanwhile.
        await nextTurn();
      }
      return { status: 200, body: { catalogueRevision: revision, counts, machines } };
    },
  };
}

function showAnswer(
  { hold, verdict, evidence, missing }: HoldAnswer,
  publicUrl: string,
): Schemas['HoldAnswer'] {
  const { id, incident, title, published } = hold;
  return {
    hold: id,
    incident,
    title,
    verdict,
    evidence,
    missing: missing.map(showMissing),
    reportUrl: published ? absolute({ publicUrl }, links.report(incident)) : null,
  };
}
