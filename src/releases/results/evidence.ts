/** What the kind of a check asks of its results: some are a person's word. */
import type { CheckKind } from '../../gate/index.ts';
import type { ResultInput } from './result.ts';

/** Kinds that a person answers: no pipeline and no test report does. */
export const answeredByPerson: readonly CheckKind[] = ['manual', 'sign_off'];

export interface EvidenceFault {
  field: 'check' | 'evidenceUrl';
  /** In full sentences. */
  detail: string;
}

/** What is missing for this result to count as evidence, handed in with a token of this role. */
export function faultsOfEvidence(
  { key, kind }: { key: string; kind: CheckKind },
  { evidenceUrl }: Pick<ResultInput, 'evidenceUrl'>,
  role: string,
): EvidenceFault[] {
  const faults: EvidenceFault[] = [];
  if (role === 'pipeline' && answeredByPerson.includes(kind)) {
    const detail = `${key} is answered by a person (${kind}), not by a pipeline. Hand it in with the token of an engineer.`;
    faults.push({ field: 'check', detail });
  }
  if (kind === 'sign_off' && (evidenceUrl ?? null) === null) {
    const detail = `${key} is a sign-off: name the ticket in which somebody gave their word.`;
    faults.push({ field: 'evidenceUrl', detail });
  }
  return faults;
}
