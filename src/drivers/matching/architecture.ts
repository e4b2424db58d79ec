/** Processor architectures under the names that systems print. */
import { lowered } from './pattern.ts';

const families: readonly (readonly string[])[] = [
  ['x64', 'amd64', 'x86_64', 'x86-64', 'em64t', 'intel64', 'x64-based pc'],
  ['x86', 'i386', 'i486', 'i586', 'i686', 'ia32', 'x86-based pc'],
  ['arm64', 'aarch64', 'arm64e', 'armv8', 'armv8l', 'arm64-based pc'],
  ['arm', 'armv6l', 'armv7l', 'armv7', 'armhf', 'arm-based pc'],
  ['ia64', 'itanium'],
  ['ppc64le'],
  ['s390x'],
  ['riscv64'],
];

/** Whether it is one of those wanted; null where either is a name that may stand for several, such as `64-bit`. */
export function compareArchitectures(said: string, wanted: readonly string[]): boolean | null {
  const family = familyOf(said);
  if (wanted.some((each) => familyOf(each) === family)) return true;
  return [family, ...wanted.map(familyOf)].every(isKnown) ? false : null;
}

function isKnown(family: string): boolean {
  return families.some(([name]) => name === family);
}

/** The first name of its family; a name of none is a family of its own. */
function familyOf(architecture: string): string {
  const name = lowered(architecture);
  return families.find((names) => names.includes(name))?.[0] ?? name;
}
