/** What became of a fleet, in a few lines. */
import { verdicts } from '../../drivers/affected/verdict-words.ts';
import { type AffectedVerdict, machinesIn, type Tally } from '../fleet/fleet-job.ts';
import { counted } from './evaluation.ts';

/** How many different things that are missing are told, those of the most machines first. */
const shownMax = 10;

/** Without a line end at the end. */
export function describeFleet(tally: Tally): string {
  return [numbersOf(tally), ...explanationOf(tally), ...missingIn(tally)].join('\n');
}

function numbersOf(tally: Tally): string {
  const { faults } = tally;
  const said = (Object.keys(tally.verdicts) as AffectedVerdict[])
    .filter((verdict) => tally.verdicts[verdict] > 0)
    .map(
      (verdict) =>
        `${tally.verdicts[verdict].toLocaleString('en')} ${verdicts[verdict].word.toLowerCase()}`,
    );
  const machines = counted(machinesIn(tally), 'machine');
  const answered = said.length > 0 ? `${machines}: ${said.join(', ')}.` : `${machines}.`;
  return faults > 0 ? `${answered} ${counted(faults, 'line')} could not be answered.` : answered;
}

/** The word alone reads as if machines were missing. */
function explanationOf({ verdicts: counts }: Tally): string[] {
  if (counts.not_listed === 0) return [];
  return [
    'Not listed: nothing that is recorded concerns the machine. Of some of its drivers nothing is recorded at all, which is no promise that they are safe.',
  ];
}

function missingIn({ missing }: Tally): string[] {
  const sorted = Object.entries(missing).sort(([, one], [, other]) => other - one);
  if (sorted.length === 0) return [];
  const more = sorted.length - shownMax;
  return [
    'Cannot tell, by what is missing:',
    ...sorted
      .slice(0, shownMax)
      .map(([detail, machines]) => `  ${counted(machines, 'machine')}: ${detail}`),
    ...(more > 0 ? [`  and ${counted(more, 'further thing')}.`] : []),
  ];
}
