/** `driver import`: many drivers out of a file. */
import { readFile } from 'node:fs/promises';
import type { components } from '../../contract/types.gen.ts';
import { type DriverInFile, readDrivers } from '../../drivers/import/read-drivers.ts';
import { type Answer, ask, type Refused } from '../answer.ts';
import { AskedWrongly, type ExitCode, exitCodes } from '../exit-code.ts';
import { describeChanges } from '../output/changes.ts';
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

/** A driver with its file and its place there. */
interface Entry extends DriverInFile {
  file: string;
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
  const faults: string[] = [];
  for (const file of files) {
    const read = readDrivers(await bytesOf(file), access === undefined ? {} : { access });
    if (read.kind === 'unreadable') throw new AskedWrongly(`${file}: ${read.why}`);
    entries.push(...read.drivers.map((driver) => ({ ...driver, file })));
    faults.push(...read.faults.map(({ place, detail }) => `${file}, ${place}: ${detail}`));
  }
  faults.push(...repeatedKeys(entries));
  if (faults.length > 0) return nothingWritten(session, faults);
  if (entries.length === 0) throw new AskedWrongly('There is no driver in it.');

  const tried = await sendAll(session, entries, { dryRun: true, replace });
  if (tried.kind === 'refused') return session.refuse(tried.answer);
  if (tried.faults.length > 0) return nothingWritten(session, tried.faults);
  if (dryRun) {
    for (const answer of tried.answers) session.pass(answer);
    session.note('Nothing was stored. This is what would be:');
    return tell(session, tried.drivers);
  }
  const done = await sendAll(session, entries, { dryRun: false, replace });
  for (const answer of done.answers) session.pass(answer);
  if (done.kind === 'all' && done.faults.length === 0) return tell(session, done.drivers);
  for (const fault of done.kind === 'all' ? done.faults : []) session.note(fault);
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

function repeatedKeys(entries: readonly Entry[]): string[] {
  const first = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const { key } = entry.driver;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, entry);
      return [];
    }
    const where = `${before.file}, ${before.place}`;
    return [
      `${entry.file}, ${entry.place}: The key '${key}' is that of ${where} already. Make them one driver, or correct the key.`,
    ];
  });
}

function nothingWritten(session: Session, faults: readonly string[]): ExitCode {
  for (const fault of faults) session.note(fault);
  session.note(`Nothing was stored: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`);
  return exitCodes.askedWrongly;
}

type Granted = Extract<Answer<Receipt>, { kind: 'granted' }>;

/** How far it came: `answers` and `drivers` of the batches that were taken, `faults` of those that were not. */
type Sent = { answers: Granted[]; drivers: Imported[] } & (
  | { kind: 'all'; faults: string[] }
  | { kind: 'refused'; answer: Refused }
);

/** A trial goes on behind a faulty batch, so that all faults are told at once; writing stops there. */
async function sendAll(
  session: Session,
  entries: readonly Entry[],
  query: { dryRun: boolean; replace: boolean },
): Promise<Sent> {
  const answers: Granted[] = [];
  const drivers: Imported[] = [];
  const faults: string[] = [];
  for (let start = 0; start < entries.length; start += batchSize) {
    const batch = entries.slice(start, start + batchSize);
    const body = { drivers: batch.map(({ driver }) => driver) };
    const answer = await askPatiently(session, () =>
      ask(session.client.POST('/v1/driver-imports', { params: { query }, body })),
    );
    if (answer.kind === 'refused') {
      const found = faultsIn(batch, answer);
      if (found.length === 0) return { kind: 'refused', answer, answers, drivers };
      faults.push(...found);
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

/** What is wrong with single drivers, by their places; empty where it is something else. */
function faultsIn(batch: readonly Entry[], { status, problem }: Refused): string[] {
  if (status !== 400 && status !== 422) return [];
  return (problem.errors ?? []).flatMap(({ pointer = '', detail }) => {
    const [, index, rest] = /^\/drivers\/(\d+)(.*)$/.exec(pointer) ?? [];
    const entry = index === undefined ? undefined : batch[Number(index)];
    if (entry === undefined) return [];
    const field = rest ? ` ${rest.slice(1)}` : '';
    return [`${entry.file}, ${entry.place} (${entry.driver.key}):${field} ${detail}`];
  });
}

/** The counts, and each driver that was left as it is. */
function tell(session: Session, drivers: readonly Imported[]): ExitCode {
  const of = (outcome: Imported['outcome']) => drivers.filter((each) => each.outcome === outcome);
  const differing = of('differs');
  for (const { key, changes } of differing) {
    session.print(`${key} says something else (-) than the file (+):`);
    session.print(describeChanges(changes, session.colours));
  }
  session.print(
    `Created ${of('created').length}, replaced ${of('replaced').length}, unchanged ${of('unchanged').length}.`,
  );
  if (differing.length === 0) return exitCodes.done;
  session.note(
    `${differing.length} that differ were left as they are. Repeat the command with --replace to put the file all the same.`,
  );
  return exitCodes.askedWrongly;
}
