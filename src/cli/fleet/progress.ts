/** Says on stderr how far a fleet is: on one line that is written over, or a line now and then where it is kept. */
import type { Clock, OwnProcess, Terminal } from '../terminal.ts';
import { machinesIn, type Tally } from './fleet-job.ts';

export interface Progress {
  /** Cheap: says something only when it is time. */
  show(tally: Tally): void;
  /** Takes away the line that was written over. */
  clear(): void;
}

const millisecondsBetween = { redrawn: 250, kept: 10_000 };

export function progressOn(
  { stderr }: Pick<Terminal, 'stderr'>,
  clock: Clock,
  { redraws }: Pick<OwnProcess, 'redraws'>,
): Progress {
  const begun = clock.now();
  const between = redraws ? millisecondsBetween.redrawn : millisecondsBetween.kept;
  let next = begun + between;
  let shown = 0;
  return {
    show(tally) {
      const now = clock.now();
      if (now < next) return;
      next = now + between;
      const line = lineOf(tally, (now - begun) / 1000);
      stderr(redraws ? `\r${line.padEnd(shown)}` : `${line}\n`);
      shown = line.length;
    },
    clear() {
      if (redraws && shown > 0) stderr(`\r${' '.repeat(shown)}\r`);
    },
  };
}

function lineOf(tally: Tally, seconds: number): string {
  const machines = machinesIn(tally);
  const rate = Math.round(machines / seconds).toLocaleString('en');
  const faults = tally.faults > 0 ? `, ${tally.faults.toLocaleString('en')} faulty lines` : '';
  return `${machines.toLocaleString('en')} machines, ${rate} a second, ${tally.verdicts.affected.toLocaleString('en')} affected${faults}`;
}
