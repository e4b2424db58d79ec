/** A public report as plain text. */
import type { components } from '../../contract/types.gen.ts';
import { conditionsInWords, introductionOf } from '../../reports/condition-words.ts';
import { driverVersionsInWords, namesInWords } from '../../reports/driver-words.ts';
import { rangeInWords } from '../../reports/range-words.ts';
import { causeClasses, events } from '../../web/words.ts';
import { describeProof } from './reasons.ts';

type Report = components['schemas']['Report'];

/** In the order in which a worried reader needs it; the page at its address has the rest. Without a line end at the end. */
export function describeReport(report: Report): string {
  const { title, key, status, stage, severity, publishedAt, updatedAt, url } = report;
  const sections = [
    `${title}\n${key}, ${severity}, ${stage}, ${status}; published ${publishedAt}, updated ${updatedAt}\n${url}`,
    section('Withdrawn', report.withdrawal ? [report.withdrawal.notice] : []),
    section('What to do', [report.whatToDo, ...nextUpdate(report)]),
    section('Whom it concerns', whomItConcerns(report)),
    section('Beside which drivers', besideDrivers(report)),
    section('Where it is held back', report.holds.map(describeHold)),
    section('What happened', [report.summary]),
    section(
      'Timeline',
      report.timeline.map(
        ({ at, approximate, type, text }) =>
          `- ${approximate ? 'about ' : ''}${at}, ${events[type].toLowerCase()}: ${text}`,
      ),
    ),
    section(
      'Why it happened',
      report.causes.map(
        ({ class: kind, confidence, statement }) =>
          `- ${causeClasses[kind]}, ${confidence}: ${statement}`,
      ),
    ),
    section(
      'What guards against a second time',
      report.guardedBy.map(
        ({ check, title: checked, why, proof }) =>
          `- ${check} (${describeProof(proof)}): ${checked}. ${why}`,
      ),
    ),
    section(
      'Corrections',
      report.corrections.map(({ number, at, reason }) => `- ${number}, ${at}: ${reason}`),
    ),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function nextUpdate({ nextUpdateAt }: Report): string[] {
  return nextUpdateAt === null ? [] : [`More will be said by ${nextUpdateAt}.`];
}

function whomItConcerns({ affected, affectedUnknown }: Report): string[] {
  const names = Object.fromEntries(affected.map(({ product: { key, name } }) => [key, name]));
  const lines = affected.flatMap(
    ({ product, versions, noVersionsBecause, conditions, fixedIn }) => {
      const which =
        versions === null ? `no versions: ${noVersionsBecause}` : rangeInWords(versions);
      const fixed = fixedIn.length > 0 ? `; fixed in ${fixedIn.join(', ')}` : '';
      const said = conditions === null ? [] : conditionsInWords(conditions, names, describeOnline);
      return [
        `- ${product.name} (${product.key}): ${which}${fixed}`,
        ...(conditions === null ? [] : [`  ${introductionOf(conditions)}`]),
        ...said.map((condition) => `  - ${condition}`),
      ];
    },
  );
  return affectedUnknown ? [...lines, 'It is not known yet.'] : lines;
}

function describeOnline({ from, until }: { from: string; until: string }): string {
  return `on machines that were online between ${from} and ${until}`;
}

function besideDrivers({ drivers, unnamed, affected, status }: Report): string[] {
  if (drivers.length + unnamed.length === 0) return [];
  const [first] = affected;
  const check =
    first === undefined || status === 'withdrawn'
      ? []
      : [
          `To check a machine: holdfast affected --product ${first.product.key} --version … --inventory …`,
        ];
  return [
    ...drivers.map((driver) => {
      const names = namesInWords(driver).join(', or ');
      const look = names === '' ? 'recognised by what its files hold' : `look for ${names}`;
      return `- ${driver.name} of ${driver.vendor}, ${driverVersionsInWords(driver)}; ${look}`;
    }),
    ...unnamed.map((how) =>
      how === 'on_match'
        ? '- drivers that are confirmed only to whoever hands in their hashes'
        : '- drivers that the report does not name',
    ),
    ...check,
  ];
}

function describeHold(hold: Report['holds'][number]): string {
  const { hold: id, state, title, product, versions, activatedAt, releasedAt, releaseWhen } = hold;
  const since =
    releasedAt === null
      ? `in force since ${activatedAt}; released when: ${releaseWhen}`
      : `in force from ${activatedAt} to ${releasedAt}`;
  return `- hold ${id} (${state}) on ${product.key}, ${rangeInWords(versions)}: ${title} (${since})`;
}

function section(heading: string, lines: readonly string[]): string {
  const text = lines.join('\n').trim();
  return text === '' ? '' : `${heading}\n${text}`;
}
