/** What a report needs before anybody is asked to agree to it. Pure. */
import type { ProblemFault } from '../contract/problems.ts';
import type { Action, Cause, IncidentRecord } from './record.ts';

/** Everything that is missing from the record at its stage, as pointers into it; from review on nothing may be. */
export function readinessFaults(record: IncidentRecord): ProblemFault[] {
  return [
    ...missingWords(record),
    ...(record.stage === 'preliminary' ? missingFromPreliminary(record) : missingFromFinal(record)),
    ...record.actions.flatMap(missingFromAction),
  ];
}

/** The title is never blank: the contract sees to that. */
function missingWords({ summary, whatToDo }: IncidentRecord): ProblemFault[] {
  const faults: ProblemFault[] = [];
  if (isBlank(summary)) faults.push({ pointer: '/summary', detail: 'Say what happened.' });
  if (isBlank(whatToDo)) {
    faults.push({ pointer: '/whatToDo', detail: 'Say what customers are to do, even if nothing.' });
  }
  return faults;
}

function missingFromPreliminary(record: IncidentRecord): ProblemFault[] {
  const { affected, affectedUnknown, nextUpdateAt } = record;
  const faults: ProblemFault[] = [];
  if (affected.length === 0 && !affectedUnknown) {
    const detail = 'Say whom it concerns, or set affectedUnknown while that is not known.';
    faults.push({ pointer: '/affected', detail });
  }
  if (nextUpdateAt === null) {
    const detail = 'Say when customers hear more: a preliminary report announces its next update.';
    faults.push({ pointer: '/nextUpdateAt', detail });
  }
  return faults;
}

function missingFromFinal({ affected, causes, actions }: IncidentRecord): ProblemFault[] {
  const faults: ProblemFault[] = [];
  if (affected.length === 0) {
    const detail = 'A final report says which versions it concerns, or why there are none.';
    faults.push({ pointer: '/affected', detail });
  }
  if (!causes.some((cause) => cause.confidence === 'confirmed' && cause.escape.length > 0)) {
    const detail =
      'A final report has a confirmed cause with an escape: why controls let it out, or that this is unknown.';
    faults.push({ pointer: '/causes', detail });
  }
  return [...faults, ...causes.flatMap((cause, index) => unanswered(cause, index, actions))];
}

/** Commitments. A proposal is none, and what was cancelled is none any more. */
const accepted: readonly Action['status'][] = ['accepted', 'ongoing', 'complete', 'delayed'];

function unanswered(cause: Cause, index: number, actions: readonly Action[]): ProblemFault[] {
  if (cause.class !== 'root' && cause.class !== 'organizational') return [];
  if (cause.noActionBecause !== null) return [];
  if (actions.some((each) => accepted.includes(each.status) && each.causes.includes(cause.id))) {
    return [];
  }
  const detail = `Tie an accepted action to this ${cause.class} cause, or say in noActionBecause why none follows.`;
  return [{ pointer: `/causes/${index}`, detail }];
}

function missingFromAction(action: Action, index: number): ProblemFault[] {
  if (action.status !== 'complete') return [];
  const at = `/actions/${index}`;
  const faults: ProblemFault[] = [];
  if (action.criterion === null) {
    const detail = 'Say what shows that this complete action worked.';
    faults.push({ pointer: `${at}/criterion`, detail });
  }
  if (action.evidence === null) {
    const detail = 'Give the address of the proof: a complete action has evidence.';
    faults.push({ pointer: `${at}/evidence`, detail });
  }
  if (action.kind === 'process' && action.document === null) {
    const detail = 'Name the document that changed, and since when it is in force.';
    faults.push({ pointer: `${at}/document`, detail });
  }
  return faults;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
