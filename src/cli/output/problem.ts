/** Says a problem on a terminal. */
import type { Refused } from '../answer.ts';

/** What went wrong and what to do, a line for each fault, and what to quote when the service is at fault. */
export function describeProblem({ status, problem }: Refused): string {
  const faults = problem.errors ?? [];
  const lines = [`${problem.title} (${status}).`, problem.detail];
  // A single fault is the detail already.
  if (faults.length > 1) {
    for (const { pointer, parameter, detail } of faults) {
      const place = parameter ?? (pointer || 'the body');
      lines.push(`  ${place}: ${detail}`);
    }
  }
  if (status === 401) {
    lines.push('Give a token with --token or HOLDFAST_TOKEN, or none where everybody may ask.');
  }
  if (status >= 500 && problem.instance) lines.push(`Its log knows this as ${problem.instance}.`);
  return lines.join('\n');
}
