/** Who counts as a second person. Tokens of one name are one person. */

/** Whether two names are one, however they are spelled: `Ann ` is ann. */
export function isSamePerson(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
