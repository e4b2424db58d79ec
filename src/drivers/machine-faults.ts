/** What is said of a machine in the right form, and cannot be so. Pure. */
import type { ProblemFault } from '../contract/problems.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import { compareInstants } from '../gate/index.ts';
import type { MachineAsked } from './machine-asked.ts';

/** `at` is a pointer to the machine. */
export function machineFaults(
  { onlineBetween = [] }: Pick<MachineAsked, 'onlineBetween'>,
  at = '',
): ProblemFault[] {
  return onlineBetween.flatMap(({ from, until }, index) => {
    if (until === null || compareInstants(utcInstant(from), utcInstant(until)) <= 0) return [];
    const detail = `It ends before it begins, at ${from}. Correct one of the two.`;
    return [{ pointer: `${at}/onlineBetween/${index}/until`, detail }];
  });
}
