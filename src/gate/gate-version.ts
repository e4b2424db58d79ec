/** Which gate this is, for decisions that outlive it. */

/**
 * Moves with every change after which `decide` can answer the same facts otherwise, be it in a sentence. Facts that were
 * recorded earlier are judged again by later gates: what is added to `Facts` must have a meaning where it is missing.
 */
export const gateVersion = 3;
