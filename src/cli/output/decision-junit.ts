/** A decision of the gate as JUnit XML: CI systems then show its requirements among their tests. */
import { type Decision, nameOf } from './decision.ts';
import { describeReasons } from './reasons.ts';
import { element, xmlText } from './xml.ts';

type Answer = Decision['answers'][number];

/** What a requirement looks like to a CI system. Only `failure` and `error` turn it red. */
type Shown = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  name: string;
  shown: Shown;
  /** The status of its requirement. */
  type: string;
  message: string;
  details: string;
}

/**
 * A test case for each requirement. Nothing is red that does not keep the release from shipping: what failed is a
 * failure, what is not known yet an error, and what is waived, held or advisory is skipped. Where nothing is required the
 * verdict is the one case, since CI systems take a file without any for a mistake.
 */
export function decisionJunit(decision: Decision): string {
  const { product, version, ring, verdict, asOf, answers, factsHash } = decision;
  const holds = decision.holds.map(({ hold }) => hold).join(' ');
  const cases = answers.length > 0 ? answers.map(caseOf) : [caseOfVerdict(decision)];
  const count = (shown: Shown) => cases.filter((one) => one.shown === shown).length;
  const counts = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: 0,
  };
  const properties = Object.entries({
    ...{ product, version, ring, verdict, factsHash },
    ...(holds !== '' && { holds }),
  }).map(([name, value]) => element('property', { name, value }));
  const classname = `holdfast.${product}.${ring}`;
  const suite = element(
    'testsuite',
    {
      name: `${product} ${version}, ring ${ring}`,
      ...counts,
      // Without a zone, as the schema of JUnit has it.
      timestamp: asOf.slice(0, 19),
    },
    [
      '',
      element('properties', {}, properties.join('')),
      ...cases.map((one) => testCase(classname, one)),
      '',
    ].join('\n'),
  );
  const suites = element('testsuites', { name: 'holdfast gate', ...counts }, `\n${suite}\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suites}\n`;
}

function testCase(classname: string, { name, shown, type, message, details }: TestCase): string {
  const content =
    shown === 'passed'
      ? element('system-out', {}, xmlText(details))
      : shown === 'skipped'
        ? `${element('skipped', { message })}${element('system-out', {}, xmlText(details))}`
        : element(shown, { type, message }, xmlText(details));
  return element('testcase', { classname, name, time: 0 }, content);
}

function caseOf(answer: Answer): TestCase {
  const { status, next } = answer;
  return {
    name: nameOf(answer),
    shown: shownAs(answer),
    type: status,
    message: messageOf(answer, next ?? status),
    details: detailsOf(answer),
  };
}

function caseOfVerdict({ verdict, mayShip, summary }: Decision): TestCase {
  return {
    name: 'verdict',
    shown: mayShip ? 'passed' : 'error',
    type: verdict,
    message: summary,
    details: summary,
  };
}

function shownAs({ status, enforcement }: Answer): Shown {
  if (status === 'passed') return 'passed';
  if (status === 'waived' || status === 'held' || enforcement === 'advisory') return 'skipped';
  return status === 'failed' || status === 'known_faulty' ? 'failure' : 'error';
}

function messageOf({ status, enforcement, waiver }: Answer, next: string): string {
  if (waiver) return `waived by ${waiver.approvedBy} until ${waiver.expiresAt}: ${waiver.reason}`;
  return enforcement === 'advisory' ? `advisory, ${status}: ${next}` : `${status}: ${next}`;
}

function detailsOf({ title, appliesBecause, guardsAgainst, result, next }: Answer): string {
  const reasons = describeReasons(guardsAgainst).replaceAll('\n', '; ');
  return [
    title,
    appliesBecause,
    `Guards against: ${reasons}`,
    ...(next === null ? [] : [`Next: ${next}`]),
    ...(result && result.failedCases.length > 0
      ? [`Failed cases: ${result.failedCases.join(', ')}`]
      : []),
    ...(result?.reason ? [`Reason: ${result.reason}`] : []),
    ...(result?.evidenceUrl ? [`Evidence: ${result.evidenceUrl}`] : []),
  ].join('\n');
}
