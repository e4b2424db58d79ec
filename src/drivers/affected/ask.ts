/** A caller's question about a machine, and the answer in the words of the contract. */
import type { components } from '../../contract/types.gen.ts';
import { absolute, links } from '../../web/links.ts';
import { readMachine, showMissing } from '../machine-asked.ts';
import { type DriverAnswer, evaluateMachine, type Missing } from '../matching/index.ts';
import type { KnownCatalogue } from './known-catalogue.ts';

type Schemas = components['schemas'];
export type AffectedInput = Schemas['AffectedInput'];
export type Evaluation = Schemas['Evaluation'];

export type Answered =
  | { kind: 'answered'; evaluation: Evaluation }
  | { kind: 'too_large'; why: string };

/** `printed` is as `readMachine` takes it. */
export function answer(
  { index, published }: Pick<KnownCatalogue, 'index' | 'published'>,
  asked: AffectedInput,
  printed: Uint8Array | null,
  publicUrl: string,
): Answered {
  const read = readMachine(asked, printed);
  if (read.kind === 'too_large') return read;
  const { machine, inventory } = read;
  const { verdict, catalogueRevision, incidents, drivers } = evaluateMachine(index, machine);
  return {
    kind: 'answered',
    evaluation: {
      verdict,
      catalogueRevision,
      incidents: incidents.map(
        ({ incident, title, verdict: own, evidence, missing, whatToDo }) => ({
          incident,
          title,
          verdict: own,
          evidence,
          missing: showAll(missing),
          whatToDo,
          reportUrl: published.has(incident)
            ? absolute({ publicUrl }, links.report(incident))
            : null,
        }),
      ),
      drivers: drivers.map(showDriver),
      ...inventory,
    },
  };
}

/** Nothing is made anew for the many of which nothing is missing. */
function showDriver(answered: DriverAnswer): Schemas['DriverEvaluation'] {
  const shown = answered as DriverAnswer & Schemas['DriverEvaluation'];
  return answered.missing.length === 0 ? shown : { ...shown, missing: showAll(answered.missing) };
}

function showAll(missing: readonly Missing[]): Schemas['MissingFact'][] {
  return missing.map(showMissing);
}
