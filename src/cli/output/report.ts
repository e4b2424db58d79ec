/** A public report as plain text. */
import type { components } from '../../contract/types.gen.ts';
import { describeProof } from './reasons.ts';

type Report = components['schemas']['Report'];

/** What a customer looks for first; the page at its address has the rest. Without a line end at the end. */
export function describeReport(report: Report): string {
  const { title, key, status, stage, severity, publishedAt, updatedAt, url } = report;
  const sections = [
    `${title}\n${key}, ${severity}, ${stage}, ${status}; published ${publishedAt}, updated ${updatedAt}\n${url}`,
    section('Withdrawn', report.withdrawal ? [report.withdrawal.notice] : []),
    section('What happened', [report.summary]),
    section('Whom it concerns', whomItConcerns(report)),
    section('What to do', [report.whatToDo]),
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

function whomItConcerns({ affected, affectedUnknown }: Report): string[] {
  const lines = affected.map(({ product, versions, noVersionsBecause, fixedIn }) => {
    const which = versions ?? `no versions: ${noVersionsBecause}`;
    const fixed = fixedIn.length > 0 ? `, fixed in ${fixedIn.join(', ')}` : '';
    return `- ${product.name} (${product.key}) ${which}${fixed}`;
  });
  return affectedUnknown ? [...lines, 'It is not known yet.'] : lines;
}

function section(heading: string, lines: readonly string[]): string {
  const text = lines.join('\n').trim();
  return text === '' ? '' : `${heading}\n${text}`;
}
