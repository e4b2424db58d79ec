/** Does this concern me? The catalogue and a machine in, an answer with evidence out. Pure. */
import { answerDriver } from './answer-driver.ts';
import { answerIncident } from './answer-incident.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { concernOf } from './concern.ts';
import type { Finding } from './driver-finding.ts';
import type { Evaluation, IncidentAnswer } from './evaluation.ts';
import { handedInBy } from './handed-in.ts';
import type { Machine } from './machine.ts';
import { addTo } from './name-index.ts';
import type { RecordedIncident } from './recorded.ts';
import type { Standing } from './standing.ts';
import { type AffectedVerdict, byVerdict, gravestOf } from './verdict.ts';

export function evaluateMachine(index: CatalogueIndex, machine: Machine): Evaluation {
  const considered = index.incidents.get(machine.product) ?? [];
  const concerns = new Map(considered.map((each) => [each, concernOf(each, machine)]));
  const concern = (incident: RecordedIncident) => concerns.get(incident) as Standing;

  const answered = (machine.items ?? []).map((item) => answerDriver(index, item, machine, concern));
  const found = new Map<RecordedIncident, Finding[]>();
  for (const each of answered) {
    for (const finding of each.found) addTo(found, finding.involvement.incident, finding);
  }

  const handedIn = handedInBy(machine);
  const drivers = answered.map(({ answer }) => answer);
  const incidents = considered.map((incident) => {
    const seen = { machine, handedIn, found: found.get(incident) ?? [] };
    return answerIncident(incident, concern(incident), seen);
  });
  return {
    verdict: wholeVerdict(machine, [...incidents, ...drivers]),
    catalogueRevision: index.revision,
    incidents: gravestFirst(incidents),
    drivers,
  };
}

/** A line that could not be read may have been any driver. */
function wholeVerdict(
  { unreadableLines }: Machine,
  answers: readonly { verdict: AffectedVerdict }[],
): AffectedVerdict {
  const unread = unreadableLines > 0 ? [{ verdict: 'cannot_tell' as const }] : [];
  return gravestOf([...answers, ...unread])[0]?.verdict ?? 'not_listed';
}

/** They come in the order of their keys, which stays among equals. */
function gravestFirst(incidents: readonly IncidentAnswer[]): IncidentAnswer[] {
  return incidents.toSorted((a, b) => byVerdict(a.verdict, b.verdict));
}
