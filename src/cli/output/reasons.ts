/** The incidents behind a requirement, in a few words. */
import type { components } from '../../contract/types.gen.ts';

type Guarded = components['schemas']['Guarded'];

/**
 * A line for each, `HF-2024-0001 (sev1, proven) Content update stops hosts`. Proof and title are missing for who may not
 * know them.
 */
export function describeReasons(guarded: readonly Guarded[]): string {
  if (guarded.length === 0) return 'nothing recorded';
  return guarded
    .map(({ incident, severity, proof, title }) => {
      const known = proof ? `${severity}, ${describeProof(proof)}` : severity;
      return `${incident} (${known})${title ? ` ${title}` : ''}`;
    })
    .join('\n');
}

/** `red only`: the word of the contract as words. */
export function describeProof(proof: components['schemas']['Proof']): string {
  return proof.replace('_', ' ');
}
