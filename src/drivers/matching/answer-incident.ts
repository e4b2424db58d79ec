/** The answer for one incident: by version and conditions, and by the drivers that take part in it. */
import { listCommands, systemOf } from './commands.ts';
import { type Conclusion, cannotTell, notAffected } from './conclusion.ts';
import type { Finding } from './driver-finding.ts';
import { distinct, type IncidentAnswer } from './evaluation.ts';
import type { HandedIn } from './handed-in.ts';
import { itemLabel } from './item-label.ts';
import type { Machine } from './machine.ts';
import { notShown } from './not-seen.ts';
import type { Involvement, RecordedIncident } from './recorded.ts';
import { counted, few, sentence } from './sentence.ts';
import type { Standing } from './standing.ts';
import { gravestOf } from './verdict.ts';

/** What is known of the machine, besides how the incident concerns it by version and conditions. */
export interface Seen {
  readonly machine: Machine;
  /** Null where no list of drivers was. */
  readonly handedIn: HandedIn | null;
  /** The findings about this incident. */
  readonly found: readonly Finding[];
}

export function answerIncident(
  incident: RecordedIncident,
  concern: Standing,
  seen: Seen,
): IncidentAnswer {
  const { key, title, whatToDo } = incident;
  const { verdict, clauses, missing } = conclusion(incident, concern, seen);
  const evidence = sentence(clauses);
  return { incident: key, title, verdict, evidence, missing: distinct(missing), whatToDo };
}

function conclusion(incident: RecordedIncident, concern: Standing, seen: Seen): Conclusion {
  if (concern.holds === 'no') return notAffected(few(concern.because));
  const beside = besideDrivers(incident, seen);
  if (beside?.verdict === 'not_affected') return beside;
  const clauses = [...concern.because, ...(beside?.clauses ?? [])];
  const missing = beside?.missing ?? [];
  if (concern.holds === 'unknown') {
    return { verdict: 'cannot_tell', clauses, missing: [...missing, ...concern.missing] };
  }
  return { verdict: beside?.verdict ?? 'affected', clauses, missing };
}

/** What the drivers that take part mean, whatever the machine's version and conditions; null where none takes part. */
export function besideDrivers(incident: RecordedIncident, seen: Seen): Conclusion | null {
  return gravest(conclusionsByDriver(incident, seen));
}

/** All that say the gravest thing, as one. Null where no driver takes part. */
function gravest(conclusions: readonly Conclusion[]): Conclusion | null {
  const alike = gravestOf(conclusions);
  const [first] = alike;
  if (first === undefined) return null;
  return {
    verdict: first.verdict,
    clauses: few(alike.flatMap(({ clauses }) => clauses)),
    missing: alike.flatMap(({ missing }) => missing),
  };
}

/** Empty where no driver takes part. */
function conclusionsByDriver(
  { involvements, toldBy, toldOnMatch, unnamed }: RecordedIncident,
  { machine, handedIn, found }: Seen,
): Conclusion[] {
  const inside = unnamed.includes('internal') ? [toldInside()] : [];
  const [first] = involvements;
  const onMatch = unnamed.includes('on_match');
  if (first === undefined && !onMatch) return inside;
  const command = listCommands[systemOf(machine.platform) ?? first?.driver.platform ?? 'windows'];
  if (handedIn === null) return [withoutList(command)];

  const conclusions = gravestOf(found).map((finding) => ({
    ...finding,
    clauses: finding.clauses.map((clause) => `${itemLabel(finding.item)}: ${clause}`),
  }));
  const unread = machine.unreadableLines === 0 ? [] : [notRead(machine.unreadableLines, command)];
  const seen = new Set(found.map(({ involvement }) => involvement));
  // A line that could not be read may name another file of a driver that was seen.
  if (seen.size === involvements.length && unnamed.length === 0) return [...conclusions, ...unread];
  if (handedIn.drivers === 0) return unread.length > 0 ? unread : [emptyList(command)];
  return [
    ...conclusions,
    ...unread,
    noneNamed(handedIn),
    // Nearly every list shows every driver, and nothing has to be asked of each.
    ...(toldBy.every((each) => handedIn.shows(each))
      ? []
      : notShown(
          involvements.filter((each) => !each.onMatch && !seen.has(each)),
          handedIn,
        )),
    ...toldOnMatch
      .filter((each) => !seen.has(each))
      .map((each) => compared(each, handedIn, command)),
    ...(onMatch ? [toldByService()] : []),
    ...inside,
  ];
}

function withoutList(command: string): Conclusion {
  const clause = 'it harms only beside certain drivers, and no list of drivers was handed in';
  const detail = 'Hand in the list of drivers that the command prints.';
  return cannotTell(clause, { field: 'items', detail, command });
}

/** A script that failed prints one. */
function emptyList(command: string): Conclusion {
  const clause = 'the list of drivers is empty, and a machine always has drivers';
  const detail = 'Hand in the list of drivers that the command prints.';
  return cannotTell(clause, { field: 'items', detail, command });
}

function notRead(unreadableLines: number, command: string): Conclusion {
  const lines = counted(unreadableLines, 'line');
  const clause = `${lines} of the list of drivers could not be read, and may name one that takes part`;
  const detail = `Hand in what the command prints, so that nothing is left unread: now it is ${lines}.`;
  return cannotTell(clause, { field: 'items', detail, command });
}

/** Speaks where nothing below says that the list may not have shown one. */
function noneNamed({ drivers }: HandedIn): Conclusion {
  return notAffected([`of the ${counted(drivers, 'driver')} handed in, none is one that it names`]);
}

/** Names no driver: whoever has not handed in its hash learns only that a hash would tell. */
function compared({ driver }: Involvement, handedIn: HandedIn, command: string): Conclusion {
  const uncompared = handedIn.without(driver.hashed);
  if (uncompared === 0) return notAffected([]);
  const clause = `it depends on the very files beside it, and ${counted(uncompared, 'driver')} came without a hash to compare`;
  const detail = 'Hand in the list again with the SHA-256 and the Authentihash of every driver.';
  return cannotTell(clause, { field: 'items', detail, command });
}

/** What is told on a match alone is in no catalogue that leaves the service. */
function toldByService(): Conclusion {
  const clause = 'it depends on the very files beside it, which only the service can compare';
  const detail =
    'Ask the service about this one, with the SHA-256 and the Authentihash of every driver.';
  return cannotTell(clause, { field: 'items', detail, command: null });
}

/** Whoever may not know a driver is not told what follows from it either. */
function toldInside(): Conclusion {
  const clause = 'it depends on drivers that its report does not name';
  const detail = 'Ask whoever answers for the product: drivers take part that are not made public.';
  return cannotTell(clause, { field: null, detail, command: null });
}
