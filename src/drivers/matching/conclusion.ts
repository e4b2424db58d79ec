/** What is concluded of an incident, with clauses of its evidence. */
import type { Missing } from './evaluation.ts';
import type { AffectedVerdict } from './verdict.ts';

export interface Conclusion {
  readonly verdict: AffectedVerdict;
  readonly clauses: readonly string[];
  readonly missing: readonly Missing[];
}

export function notAffected(clauses: readonly string[]): Conclusion {
  return { verdict: 'not_affected', clauses, missing: [] };
}

export function cannotTell(clause: string, missing: Missing): Conclusion {
  return { verdict: 'cannot_tell', clauses: [clause], missing: [missing] };
}
