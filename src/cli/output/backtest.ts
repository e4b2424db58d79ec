/** Backtests in the cells of a table. */
import type { components } from '../../contract/types.gen.ts';
import { describeVariant } from '../variant.ts';
import type { Tone } from './colour.ts';
import { describeProof } from './reasons.ts';
import type { Cell } from './table.ts';

type Answer = components['schemas']['BacktestAnswer'];

/** Blocked is the good end here: the fault would not have reached anybody. */
const tones: Readonly<Record<Answer['outcome'], Tone>> = {
  blocked: 'good',
  held_back: 'open',
  let_through: 'bad',
  not_on_record: 'open',
};

/** `let through` */
export function describeOutcome({ outcome }: Answer): Cell {
  return { text: outcome.replaceAll('_', ' '), tone: tones[outcome] };
}

/** A line for each that stopped it: `boot-loop (os=windows-11) failed, proven`. */
export function describeStops({ stoppedBy }: Answer): string {
  return stoppedBy
    .map(({ check, variant, status, proof, incident }) => {
      const on = variant ? ` (${describeVariant(variant)})` : '';
      const shown = proof ? `, ${describeProof(proof)}` : '';
      return `${check ?? incident}${on} ${status.replaceAll('_', ' ')}${shown}`;
    })
    .join('\n');
}
