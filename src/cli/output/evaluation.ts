/** Prints whether a machine is concerned: the whole first, then incidents, drivers, what is missing and what was not read. */
import type { components } from '../../contract/types.gen.ts';
import { verdicts } from '../../drivers/affected/verdict-words.ts';
import { whatWouldTell } from '../../drivers/affected/what-would-tell.ts';
import { itemLabel } from '../../drivers/matching/item-label.ts';
import type { Session } from '../session.ts';
import type { Tone } from './colour.ts';
import type { Cell } from './table.ts';

export type Evaluation = components['schemas']['Evaluation'];
type Verdict = Evaluation['verdict'];

/** `machine` is what it is called: its product and version, or its file. */
export function printVerdict(session: Session, machine: string, { verdict }: Evaluation): void {
  session.print(`${machine}: ${session.colours(toneOf(verdict), verdicts[verdict].means)}`);
}

export function printEvaluation(session: Session, machine: string, evaluation: Evaluation): void {
  const { incidents, catalogueRevision } = evaluation;
  printVerdict(session, machine, evaluation);
  if (incidents.length === 0) {
    session.print(
      "No report that can be read here speaks of this product. Is its key right? 'holdfast report list' shows the products that reports are about.",
    );
  } else {
    session.print('');
    session.printTable({
      head: ['incident', 'verdict', 'title', 'evidence'],
      lastBelow: true,
      rows: incidents.map(({ incident, verdict: own, title, evidence }) => [
        incident,
        cellOf(own),
        title,
        evidence,
      ]),
    });
  }
  const sections = [whatToDo(incidents), whatIsMissing(evaluation), whatWasNotRead(evaluation)];
  printDrivers(session, evaluation);
  for (const lines of sections) if (lines.length > 0) session.print(`\n${lines.join('\n')}`);
  session.print(`\nCatalogue ${catalogueRevision}`);
}

/** Those that something is to be said of; the others are counted. */
function printDrivers(session: Session, { drivers }: Evaluation): void {
  const shown = drivers.filter(
    ({ verdict }) => verdict !== 'not_listed' && verdict !== 'not_affected',
  );
  if (shown.length > 0) {
    session.print('');
    session.printTable({
      head: ['driver', 'verdict', 'recorded as', 'evidence'],
      lastBelow: true,
      rows: shown.map(({ item, driver, verdict, evidence }) => [
        itemLabel(item),
        cellOf(verdict),
        driver ?? '',
        evidence,
      ]),
    });
  }
  const count = (verdict: Verdict) => drivers.filter((each) => each.verdict === verdict).length;
  const harmless = count('not_affected');
  const unlisted = count('not_listed');
  if (harmless > 0) session.print(`\nNot affected: ${counted(harmless, 'driver')}.`);
  if (unlisted > 0) {
    const promise = 'which does not say that they are safe';
    session.print(`\nNothing is recorded of ${counted(unlisted, 'driver')}, ${promise}.`);
  }
}

function whatToDo(incidents: Evaluation['incidents']): string[] {
  return incidents
    .filter(({ verdict }) => verdict === 'affected' || verdict === 'probably_affected')
    .flatMap(({ incident, whatToDo: advice, reportUrl }) => [
      `What to do about ${incident}: ${advice}`,
      ...(reportUrl === null ? [] : [`  ${reportUrl}`]),
    ]);
}

function whatIsMissing(evaluation: Evaluation): string[] {
  return whatWouldTell(evaluation).flatMap((facts) => {
    const [{ command }] = facts;
    const lines = facts.map(({ detail }) => `Missing: ${detail}`);
    return command === null ? lines : [...lines, `  ${command}`];
  });
}

function whatWasNotRead({ unreadable, unreadableTotal }: Evaluation): string[] {
  const lines = unreadable.map(({ line, through, text, why }) => {
    const place = line === through ? `line ${line}` : `lines ${line} to ${through}`;
    return `Not read: ${place}: ${text}: ${why}`;
  });
  const more = unreadableTotal - unreadable.length;
  return more > 0 ? [...lines, `Not read: ${counted(more, 'further place')}.`] : lines;
}

function cellOf(verdict: Verdict): Cell {
  return { text: verdicts[verdict].word.toLowerCase(), tone: toneOf(verdict) };
}

export function toneOf(verdict: Verdict): Tone {
  switch (verdict) {
    case 'affected':
    case 'probably_affected':
      return 'bad';
    case 'cannot_tell':
      return 'open';
    case 'not_listed':
      return 'quiet';
    case 'not_affected':
      return 'good';
  }
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
