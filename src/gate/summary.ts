/** Says a whole decision in a sentence or two. */
import type { Answer, HeldAnswer, KnownFaultyAnswer, Verdict } from './decision.ts';
import { listed } from './word-list.ts';

type RequirementAnswer = Exclude<Answer, KnownFaultyAnswer | HeldAnswer>;
type Status = RequirementAnswer['status'];

const openings: Readonly<Record<Verdict, string>> = {
  blocked: 'Blocked',
  pending: 'Pending',
  passed_with_waivers: 'Passed with waivers',
  passed: 'Passed',
  not_applicable: 'Nothing was required of this release',
};

/** What is said of one answer and of several, in the order in which they are said. */
const predicates: readonly (readonly [Status, string, string])[] = [
  ['failed', 'failed', 'failed'],
  ['errored', 'errored', 'errored'],
  ['missing', 'has no result yet', 'have no result yet'],
  ['running', 'is still running', 'are still running'],
  ['skipped', 'was skipped', 'were skipped'],
  ['insufficient', 'fell short of its minimum', 'fell short of their minimum'],
  ['other_build', 'has results of another build only', 'have results of another build only'],
  ['waived', 'is waived', 'are waived'],
  ['held', 'is for held machines alone', 'are for held machines alone'],
];

/** "Blocked: 1 of 4 requirements failed, 2 have no result yet." Advisory answers are told after, where they did not pass. */
export function summaryOf(verdict: Verdict, answers: readonly Answer[]): string {
  const faults: string[] = [];
  const held: string[] = [];
  const required: RequirementAnswer[] = [];
  const advisory: RequirementAnswer[] = [];
  for (const answer of answers) {
    if (answer.status === 'known_faulty') faults.push(answer.incident);
    else if (answer.check === null) held.push(answer.incident);
    else (answer.enforcement === 'required' ? required : advisory).push(answer);
  }

  const said: string[] = [];
  if (faults.length > 0) said.push(`known faulty (${listed(faults)})`);
  if (held.length > 0)
    said.push(`held from the machines that ${listed(held)} ${harm(held.length)}`);
  const tally = tallyOf(required, 'requirement');
  if (tally !== null) said.push(tally);
  else if (verdict === 'passed' && required.length > 0) said.push(allPassed(required.length));

  const opening = openings[verdict];
  const summary = said.length === 0 ? `${opening}.` : `${opening}: ${said.join('; ')}.`;
  const aside = tallyOf(advisory, 'advisory requirement');
  return aside === null ? summary : `${summary} Besides, ${aside}.`;
}

/** `1 of 4 requirements failed, 2 have no result yet`; null when all passed, or there are none. */
function tallyOf(answers: readonly RequirementAnswer[], noun: string): string | null {
  const parts: string[] = [];
  for (const [status, one, several] of predicates) {
    const count = answers.filter((answer) => answer.status === status).length;
    if (count === 0) continue;
    const subject =
      parts.length > 0
        ? `${count}`
        : `${count} of ${answers.length} ${plural(noun, answers.length)}`;
    parts.push(`${subject} ${count === 1 ? one : several}`);
  }
  return parts.length === 0 ? null : parts.join(', ');
}

function allPassed(count: number): string {
  return count === 1 ? 'the one requirement passed' : `all ${count} requirements passed`;
}

function harm(incidents: number): string {
  return incidents === 1 ? 'harms' : 'harm';
}

function plural(noun: string, count: number): string {
  return count === 1 ? noun : `${noun}s`;
}
