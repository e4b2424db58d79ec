/** The answer for one driver that was handed in. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { type Finding, findings } from './driver-finding.ts';
import { versionsOfItem } from './driver-version.ts';
import { bases, type DriverAnswer, distinct } from './evaluation.ts';
import type { Machine } from './machine.ts';
import { recognise } from './recognise.ts';
import type { RecordedDriver, RecordedIncident } from './recorded.ts';
import { few, sentence } from './sentence.ts';
import type { Standing } from './standing.ts';
import { byVerdict, gravestOf } from './verdict.ts';

/** With what was found before the machine's own version and conditions were looked at: incidents are answered by it. */
export interface AnsweredDriver {
  readonly answer: DriverAnswer;
  readonly found: readonly Finding[];
}

/** Rests on this item alone: no other item changes it. `concern` says whether an incident concerns the machine. */
export function answerDriver(
  index: CatalogueIndex,
  item: InventoryItem,
  machine: Pick<Machine, 'product' | 'version'>,
  concern: (incident: RecordedIncident) => Standing,
): AnsweredDriver {
  const recognitions = recognise(index, item);
  const [strongest] = recognitions;
  if (strongest === undefined) return { answer: unlisted(item), found: [] };
  const read = { item, versions: versionsOfItem(item) };
  const found = recognitions.flatMap((recognition) => findings(recognition, read, machine));
  const here = found
    .map((each) => onThisMachine(each, concern(each.involvement.incident)))
    .sort(byStrength);
  const alike = gravestOf(here);
  const [first] = alike;
  if (first === undefined)
    return { answer: unnamed(item, strongest.driver, machine.product), found };

  const answer = {
    item,
    driver: first.involvement.driver.key,
    verdict: first.verdict,
    basis: first.basis,
    evidence: sentence(few(alike.flatMap(({ clauses }) => clauses))),
    missing: distinct(alike.flatMap(({ missing }) => missing)),
    incidents: incidentsOf(here),
  };
  return { answer, found };
}

/** An incident that does not concern the machine harms it beside no driver. */
function onThisMachine(finding: Finding, concern: Standing): Finding {
  if (finding.verdict === 'not_affected' || concern.holds === 'yes') return finding;
  const { key } = finding.involvement.incident;
  if (concern.holds === 'no') {
    const clauses = [`${key} does not concern this machine: ${concern.because.join(', ')}`];
    return { ...finding, verdict: 'not_affected', clauses, missing: [] };
  }
  return {
    ...finding,
    verdict: 'cannot_tell',
    clauses: [...finding.clauses, `whether ${key} concerns this machine is not known`],
    missing: [...finding.missing, ...concern.missing],
  };
}

/** The gravest answer first, then what rests on most; then by key, so that the order is always the same. */
function byStrength(a: Finding, b: Finding): number {
  return (
    byVerdict(a.verdict, b.verdict) ||
    bases.indexOf(a.basis) - bases.indexOf(b.basis) ||
    compare(a.involvement.driver.key, b.involvement.driver.key) ||
    compare(a.involvement.incident.key, b.involvement.incident.key)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Those that affect it, or may. Findings come by gravity, so that each incident is named for its gravest. */
function incidentsOf(here: readonly Finding[]): string[] {
  const concerning = here.filter(({ verdict }) => verdict !== 'not_affected');
  return [...new Set(concerning.map(({ involvement }) => involvement.incident.key))];
}

function unlisted(item: InventoryItem): DriverAnswer {
  const evidence = 'Nobody has recorded this driver, which does not say that it is harmless.';
  return {
    item,
    driver: null,
    verdict: 'not_listed',
    basis: 'none',
    evidence,
    missing: [],
    incidents: [],
  };
}

function unnamed(item: InventoryItem, driver: RecordedDriver, product: string): DriverAnswer {
  const evidence = `It is recorded as ${driver.name}, but no incident of ${product} names it.`;
  return { ...unlisted(item), driver: driver.key, evidence };
}
