/** `affected --fleet`: many machines, answered here, a line each. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import {
  AskedWrongly,
  CouldNotAsk,
  type ExitCode,
  exitCodeOfMachine,
  exitCodes,
  gravestCode,
} from '../exit-code.ts';
import { headOf } from '../fleet/answer-line.ts';
import { type AffectedVerdict, machinesIn, type Tally } from '../fleet/fleet-job.ts';
import { progressOn } from '../fleet/progress.ts';
import { type FleetEnd, runFleet } from '../fleet/run-fleet.ts';
import { factsOf } from '../machine-facts.ts';
import { loadCatalogue } from '../offline/load-catalogue.ts';
import { describeFleet } from '../output/fleet-summary.ts';
import { unreadable } from '../read-document.ts';
import type { Session } from '../session.ts';
import type { OwnProcess, Surroundings } from '../terminal.ts';
import type { AffectedOptions } from './affected.ts';

/** More would only wait for the one that reads and writes. */
const threadsMax = 8;

export async function answerFleet(
  session: Session,
  options: AffectedOptions & { fleet: string },
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { fleet, inventory, product, version, condition = [], whole = false } = options;
  if (inventory !== undefined) {
    throw new AskedWrongly('Give --fleet or --inventory: a line of a fleet has its own inventory.');
  }
  const own = surroundings.process;
  if (own === null) throw new AskedWrongly('A fleet needs a process of its own.');
  const said = {
    ...(product !== undefined && { product }),
    ...(version !== undefined && { version }),
    ...factsOf(condition),
  };
  // Before the catalogue is fetched: a file that is not there needs none.
  const source = await sourceOf(fleet, own);
  try {
    const loaded = await loadCatalogue(session, options.catalogue, surroundings);
    if (typeof loaded === 'number') return loaded;
    const progress = progressOn(surroundings.terminal, session.clock, own);
    const form = options.csv ? 'csv' : 'json';
    surroundings.terminal.stdout(headOf[form]);
    const { end, tally } = await runFleet(
      {
        source,
        job: { catalogue: loaded.catalogue, said, whole, only: options.only ?? null, form },
        threads: options.threads ?? Math.min(availableParallelism(), threadsMax),
        // Where the answers come on the screen they show it themselves.
        progress: surroundings.terminal.columns === null ? progress.show : () => {},
      },
      surroundings.terminal,
      own,
    );
    progress.clear();
    if (end === 'whole' && machinesIn(tally) + tally.faults === 0) {
      throw new AskedWrongly(`${fleet} holds no machines. Write one a line, as {"id": "…", …}.`);
    }
    session.note(describeFleet(tally));
    session.note(`Held against the catalogue of ${loaded.from}, ${loaded.catalogue.revision}.`);
    return codeOf(session, end, tally);
  } catch (error) {
    throw isOfFile(error) ? unreadable(fleet, error) : error;
  } finally {
    source.destroy();
  }
}

async function sourceOf(fleet: string, own: OwnProcess): Promise<Readable> {
  if (fleet === '-') return own.stdin();
  try {
    const file = await open(fleet);
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    }
    return createReadStream(fleet, { fd: file, highWaterMark: 256 * 1024 });
  } catch (error) {
    throw unreadable(fleet, error);
  }
}

/** Such as a disk that fails while it is read. */
function isOfFile(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'read';
}

function codeOf(session: Session, end: FleetEnd, tally: Tally): ExitCode {
  switch (end) {
    case 'interrupted':
      session.note('Ended by Ctrl-C: the machines after these were not answered.');
      return exitCodes.interrupted;
    case 'unread':
      throw new CouldNotAsk(
        'lasting',
        'Nobody reads the answers any more, so the machines after these were not answered.',
      );
    case 'whole': {
      const seen = (Object.keys(tally.verdicts) as AffectedVerdict[])
        .filter((verdict) => tally.verdicts[verdict] > 0)
        .map(exitCodeOfMachine);
      return gravestCode(tally.faults > 0 ? [...seen, exitCodes.cannotTell] : seen);
    }
  }
}
