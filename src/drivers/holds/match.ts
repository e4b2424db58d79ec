/** Whether a hold speaks of a machine. Pure: the same matching that says whether an incident concerns one. */
import { besideDrivers } from '../matching/answer-incident.ts';
import type { Catalogue, CatalogueDriver } from '../matching/catalogue.ts';
import { type CatalogueIndex, indexCatalogue } from '../matching/catalogue-index.ts';
import type { Conclusion } from '../matching/conclusion.ts';
import { type Finding, findings } from '../matching/driver-finding.ts';
import { versionsOfItem } from '../matching/driver-version.ts';
import { type HandedIn, handedInBy } from '../matching/handed-in.ts';
import type { Machine } from '../matching/machine.ts';
import { addTo } from '../matching/name-index.ts';
import { recognise } from '../matching/recognise.ts';
import type { RecordedIncident } from '../matching/recorded.ts';
import { allOf, oneOf, type Standing } from '../matching/standing.ts';
import {
  type HoldMatch,
  type HoldTerm,
  type InvolvedDriver,
  termsOf,
  visibilityOf,
} from './hold.ts';

/** A match that any number of machines are held against. */
export type MatchOfMachines = (machine: Machine) => Standing;

/**
 * `drivers` holds those that the match names; `involved` says which of them are told on a match alone. Each term is what
 * an incident is to the matching, and each match has a catalogue of its own: no other hold changes its answer.
 */
export function prepareMatch(
  product: string,
  match: HoldMatch,
  drivers: readonly CatalogueDriver[],
  involved: readonly InvolvedDriver[],
): MatchOfMachines {
  const index = indexCatalogue(catalogueOf(product, match, drivers, involved));
  const terms = new Map(index.incidents.get(product)?.map((term) => [term.key, term]));
  const termsIn = (list: keyof HoldMatch) =>
    match[list].map((_, place) => terms.get(nameOf(list, place)) as RecordedIncident);
  const [all, any, none] = [termsIn('allOf'), termsIn('anyOf'), termsIn('noneOf')];

  return (machine) => {
    const seen = look(index, machine);
    const parts = all.map((term) => standingOf(term, seen));
    if (any.length > 0) parts.push(oneOf(any.map((term) => standingOf(term, seen))));
    return allOf([...parts, ...none.map((term) => spared(term, seen))]);
  };
}

function catalogueOf(
  product: string,
  match: HoldMatch,
  drivers: readonly CatalogueDriver[],
  involved: readonly InvolvedDriver[],
): Catalogue {
  const incidents = termsOf(match).map(({ list, index, term }) => ({
    key: nameOf(list, index),
    title: '',
    whatToDo: '',
    affected: [{ product, versions: null, conditions: term.conditions }],
    drivers:
      term.driver === null
        ? []
        : [{ ...term, driver: term.driver, visibility: toldAs(term, involved) }],
  }));
  return { revision: '', drivers, incidents };
}

/** A hold may name other versions than its incident: a driver that is told on a match alone stays so in them. */
function toldAs(term: HoldTerm, involved: readonly InvolvedDriver[]): InvolvedDriver['visibility'] {
  const said = visibilityOf(term, involved);
  if (said !== 'internal') return said;
  const onMatch = involved.some(
    ({ driver, visibility }) => driver === term.driver && visibility === 'on_match',
  );
  return onMatch ? 'on_match' : 'internal';
}

const nameOf = (list: keyof HoldMatch, index: number) => `${list}/${index}`;

/** A machine, and what of it was found to be one of the drivers. */
interface Seen {
  machine: Machine;
  handedIn: HandedIn | null;
  found: ReadonlyMap<RecordedIncident, Finding[]>;
}

function look(index: CatalogueIndex, machine: Machine): Seen {
  const found = new Map<RecordedIncident, Finding[]>();
  for (const item of machine.items ?? []) {
    const read = { item, versions: versionsOfItem(item) };
    for (const recognition of recognise(index, item)) {
      for (const finding of findings(recognition, read, machine)) {
        addTo(found, finding.involvement.incident, finding);
      }
    }
  }
  return { machine, handedIn: handedInBy(machine), found };
}

/** A driver that is probably the one is held: to hold a machine too many does less harm than one too few. */
function standingOf(term: RecordedIncident, seen: Seen): Standing {
  const beside = besideTerm(term, seen);
  return allOf([conditionsOf(term, seen), ...(beside === null ? [] : [taken(beside)])]);
}

function taken({ verdict, clauses, missing }: Conclusion): Standing {
  switch (verdict) {
    case 'affected':
    case 'probably_affected':
      return { holds: 'yes', because: clauses };
    case 'cannot_tell':
      return { holds: 'unknown', because: clauses, missing };
    case 'not_listed':
    case 'not_affected':
      return { holds: 'no', because: clauses };
  }
}

/**
 * Whether a term of `noneOf` leaves the machine in. Here a driver counts only where it is the one for certain and its own
 * version lies in the range: a hash says which driver it is, and not that it is a version that spares the machine.
 */
function spared(term: RecordedIncident, seen: Seen): Standing {
  const beside = besideTerm(term, seen);
  const present = beside === null ? [] : [certainly(beside, seen.found.get(term) ?? [])];
  return negated(allOf([conditionsOf(term, seen), ...present]));
}

function certainly({ clauses, missing, verdict }: Conclusion, found: readonly Finding[]): Standing {
  const sure = found.filter((one) => one.verdict === 'affected' && one.place === 'inside');
  if (sure.length > 0) return { holds: 'yes', because: sure.flatMap((one) => one.clauses) };
  const open = found.some((one) => one.verdict !== 'not_affected' && one.place !== 'outside');
  return open || verdict === 'cannot_tell'
    ? { holds: 'unknown', because: clauses, missing }
    : { holds: 'no', because: clauses };
}

function negated(standing: Standing): Standing {
  switch (standing.holds) {
    case 'yes':
      return { holds: 'no', because: standing.because.map((clause) => `spared: ${clause}`) };
    case 'no':
      return { holds: 'yes', because: [] };
    case 'unknown':
      return { ...standing, because: standing.because.map((clause) => `may be spared: ${clause}`) };
  }
}

function conditionsOf({ concerns }: RecordedIncident, { machine }: Seen): Standing {
  const [concern] = concerns.get(machine.product) ?? [];
  return allOf((concern?.conditions ?? []).map((condition) => condition(machine)));
}

function besideTerm(term: RecordedIncident, { machine, handedIn, found }: Seen): Conclusion | null {
  return besideDrivers(term, { machine, handedIn, found: found.get(term) ?? [] });
}
