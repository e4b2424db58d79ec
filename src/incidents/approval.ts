/** The four eyes: nobody approves what they edited themselves. Pure. */
import { isSamePerson } from '../gate/index.ts';

/**
 * Why this person may not approve, as a sentence that says how to get there; null where they may. `editors` are the
 * names of everyone who edited the record since it was last approved, whatever their role.
 */
export function refuseApproval(
  { key, editors }: { key: string; editors: readonly string[] },
  approver: string,
): string | null {
  if (!editors.some((editor) => isSamePerson(editor, approver))) return null;
  return `${key} was edited by ${names(editors)} since it was last approved, and nobody approves their own words. Ask somebody else with the approver role; \`holdfast token create --role approver --name NAME\` makes a token for them.`;
}

/** `ann, ben and cleo` */
function names(people: readonly string[]): string {
  const before = people.slice(0, -1).join(', ');
  return before === '' ? people.join() : `${before} and ${people.at(-1)}`;
}
