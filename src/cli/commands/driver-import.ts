/** `driver import`: many drivers out of a file. */
import { readFile } from 'node:fs/promises';
import { faultsListedMax } from '../../contract/problems.ts';
import type { components } from '../../contract/types.gen.ts';
import { type DriverInFile, readDrivers } from '../../drivers/import/read-drivers.ts';
import { unseen } from '../../drivers/unseen.ts';
import { type Answer, ask, type Refused } from '../answer.ts';
import {
  type Entry,
  type FaultAt,
  faultLines,
  faultsIn,
  ownFaults,
  repeatedKeys,
} from '../driver-faults.ts';
import { AskedWrongly, type ExitCode, exitCodes } from '../exit-code.ts';
import { describeChanges } from '../output/changes.ts';
import type { Table } from '../output/table.ts';
import { askPatiently } from '../patience.ts';
import { unreadable } from '../read-document.ts';
import type { Session } from '../session.ts';
import type { DriverAccess } from './choices.ts';

type Receipt = components['schemas']['DriverImportReceipt'];
type Imported = Receipt['drivers'][number];

export interface ImportOptions {
  access?: DriverAccess;
  dryRun?: true;
  replace?: true;
}

/** How many are sent at once. */
const batchSize = 100;

/** Reads all, tries all, and only then writes: what is wrong is told line by line before anything is stored. */
export async function importDrivers(
  session: Session,
  files: readonly string[],
  { access, ...options }: ImportOptions,
): Promise<ExitCode> {
  const { dryRun, replace } = { dryRun: false, replace: false, ...options };
  const entries: Entry[] = [];
  const faults: FaultAt[] = [];
  for (const file of files) {
    const read = readDrivers(await bytesOf(file), access === undefined ? {} : { access });
    if (read.kind === 'unreadable') throw new AskedWrongly(`${file}: ${read.why}`);
    entries.push(...read.drivers.map((driver) => ({ ...driver, file })));
    faults.push(...read.faults.map((fault) => ({ ...fault, file })));
  }
  faults.push(...repeatedKeys(entries), ...entries.flatMap(ownFaults));
  if (entries.length === 0 && faults.length === 0) {
    throw new AskedWrongly('There is no driver in it.');
  }

  const tried = await tryAll(session, entries, { replace, known: faults });
  if (tried.kind === 'refused') return session.refuse(tried.answer);
  const lines = faultLines(files, [...faults, ...tried.faults]);
  if (lines.length > 0) return nothingWritten(session, lines);
  if (dryRun) {
    for (const answer of tried.answers) session.pass(answer);
    session.note('Nothing was stored. This is what would be:');
    session.printTable(foreseen(entries, tried.drivers));
    return tell(session, entries, tried.drivers);
  }
  const done = await sendAll(session, entries, { dryRun: false, replace });
  for (const answer of done.answers) session.pass(answer);
  if (done.kind === 'all' && done.faults.length === 0) return tell(session, entries, done.drivers);
  for (const line of done.kind === 'all' ? faultLines(files, done.faults) : []) session.note(line);
  const stored = done.drivers.length;
  session.note(
    `${stored} of ${entries.length} drivers were dealt with before that. Repeat the command: what is stored stays as it is.`,
  );
  return done.kind === 'refused' ? session.refuse(done.answer) : exitCodes.askedWrongly;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function nothingWritten(session: Session, faults: readonly string[]): ExitCode {
  for (const fault of faults) session.note(fault);
  session.note(`Nothing was stored: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`);
  return exitCodes.askedWrongly;
}

type Granted = Extract<Answer<Receipt>, { kind: 'granted' }>;

/** How far it came: `answers` and `drivers` of the batches that were taken, `faults` of those that were not. */
type Sent = { answers: Granted[]; drivers: Imported[] } & (
  | { kind: 'all'; faults: FaultAt[] }
  | { kind: 'refused'; answer: Refused }
);

/** What is `known` to be wrong is told also where the service cannot be asked for the rest. */
async function tryAll(
  session: Session,
  entries: readonly Entry[],
  { replace, known }: { replace: boolean; known: readonly FaultAt[] },
): Promise<Sent> {
  const tellKnown = () => {
    const files = [...new Set(known.map(({ file }) => file))];
    for (const line of faultLines(files, known)) session.note(line);
  };
  try {
    const tried = await sendAll(session, entries, { dryRun: true, replace });
    if (tried.kind === 'refused') tellKnown();
    return tried;
  } catch (error) {
    tellKnown();
    throw error;
  }
}

/** A trial goes on behind a faulty batch, so that all faults are told at once; writing stops there. */
async function sendAll(
  session: Session,
  entries: readonly Entry[],
  query: { dryRun: boolean; replace: boolean },
): Promise<Sent> {
  const answers: Granted[] = [];
  const drivers: Imported[] = [];
  const faults: FaultAt[] = [];
  for (let start = 0; start < entries.length; start += batchSize) {
    const batch = entries.slice(start, start + batchSize);
    const body = { drivers: batch.map(({ driver }) => driver) };
    const answer = await askPatiently(session, () =>
      ask(session.client.POST('/v1/driver-imports', { params: { query }, body })),
    );
    if (answer.kind === 'refused') {
      const found = faultsIn(batch, answer);
      if (found === null) return { kind: 'refused', answer, answers, drivers };
      faults.push(...found);
      if ((answer.problem.errors ?? []).length >= faultsListedMax) {
        session.note(
          `Only ${faultsListedMax} faults of these ${batch.length} drivers are told. Correct them, and the next run tells the others.`,
        );
      }
      if (!query.dryRun) break;
      continue;
    }
    answers.push(answer);
    drivers.push(...answer.data.drivers);
    const many = entries.length > batchSize;
    const did = query.dryRun ? 'tried' : 'stored';
    if (many) session.note(`${start + batch.length} of ${entries.length} drivers ${did}.`);
  }
  return { kind: 'all', faults, answers, drivers };
}

/** What each line of the files becomes. The service answers in the order of what it was sent. */
function foreseen(entries: readonly Entry[], drivers: readonly Imported[]): Table {
  const several = new Set(entries.map(({ file }) => file)).size > 1;
  return {
    head: ['from', 'driver', 'becomes', 'recognised by'],
    rows: entries.map(({ file, place, driver }, index) => [
      several ? `${file}, ${place}` : place,
      driver.key,
      drivers[index]?.outcome ?? '',
      recognisedBy(driver.identity),
    ]),
  };
}

function recognisedBy(identity: DriverInFile['driver']['identity']): string {
  return Object.entries(identity)
    .filter(([, names]) => names.length > 0)
    .map(([list, names]) => {
      const more = names.length > namesShown ? `, and ${names.length - namesShown} more` : '';
      return `${list} ${names.slice(0, namesShown).join(', ')}${more}`;
    })
    .join('\n');
}

/** Of each list, in a table. */
const namesShown = 4;

/** The counts, each driver that was left as it is, and what does not show some of them. */
function tell(session: Session, entries: readonly Entry[], drivers: readonly Imported[]): ExitCode {
  const of = (outcome: Imported['outcome']) => drivers.filter((each) => each.outcome === outcome);
  const differing = of('differs');
  for (const { key, changes } of differing) {
    session.print(`${key} says something else (-) than the file (+):`);
    session.print(describeChanges(changes, session.colours));
  }
  session.print(
    `Created ${of('created').length}, replaced ${of('replaced').length}, unchanged ${of('unchanged').length}.`,
  );
  for (const list of unseen(entries.map(({ driver }) => driver))) session.note(`Mind: ${list}`);
  if (differing.length === 0) return exitCodes.done;
  session.note(
    `${differing.length} that differ were left as they are. Repeat the command with --replace to put the file all the same.`,
  );
  return exitCodes.askedWrongly;
}
