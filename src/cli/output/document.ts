/** Prints a whole document for people. */
import { stringify } from 'yaml';

/** Everything in it, as YAML. Without a line end at the end. */
export function describeDocument(document: object): string {
  return stringify(document, { lineWidth: 0 }).trimEnd();
}
