/** Names of platforms: products declare some of their own, and machines and people say others. */
import { type System, systemOf } from './commands.ts';
import { lowered } from './pattern.ts';
import { wordsOf } from './printed-name.ts';

/**
 * Whether it is one of those wanted; null where that is not clear: `windows-11` is not told by `Windows`, nor
 * `windows` by `windows-server`, which may be another platform of the product.
 */
export function comparePlatforms(said: string, wanted: readonly string[]): boolean | null {
  const answers = wanted.map((each) => compare(said, each));
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function compare(said: string, wanted: string): boolean | null {
  if (lowered(said) === lowered(wanted)) return true;
  const [there, sought] = [wordsIn(said), wordsIn(wanted)];
  const [more, less] = [beyond(there, sought), beyond(sought, there)];
  if (less.length === 0 && more.every(isEdition)) return true;
  if (areOfOthers(said, wanted)) return false;
  const [one, other] = [more.filter(isNumber), less.filter(isNumber)];
  const isOtherVersion = one.length > 0 && other.length > 0;
  const isOtherMake = more.some((word) => makes.has(word)) && less.some((word) => makes.has(word));
  return isOtherVersion || isOtherMake ? false : null;
}

/** Systems that nobody takes for one another. */
function areOfOthers(said: string, wanted: string): boolean {
  const [one, other] = [familyOf(said), familyOf(wanted)];
  return one !== null && other !== null && one !== other;
}

function familyOf(platform: string): System | 'android' | 'ios' | 'freebsd' | null {
  if (/\bandroid\b/i.test(platform)) return 'android';
  if (/\b(?:ios|ipados|iphone|ipad)\b/i.test(platform)) return 'ios';
  return /freebsd/i.test(platform) ? 'freebsd' : systemOf(platform);
}

/** Kinds of Linux of which a machine has one. */
const makes = new Set([
  ...['ubuntu', 'debian', 'rhel', 'fedora', 'centos', 'rocky', 'almalinux', 'suse', 'sles'],
  ...['opensuse', 'amazon', 'oracle', 'arch', 'alpine', 'gentoo'],
]);

/** With the systems under one name each: `win32` and `Darwin` are what programs print. */
function wordsIn(platform: string): string[] {
  const plain = lowered(platform)
    .replace(/mac[ _-]?os(?:[ _-]?x)?|\bos[ _-]?x\b|\bdarwin\b|^mac$/g, ' macos ')
    .replace(/\bwin(?:dows)?[ _]?(?:nt|32|64)\b|\bwin(?:dows)?(?=\d|\b)/g, ' windows ')
    .replace(/\bred ?hat(?: enterprise linux)?\b/g, ' rhel ')
    .replace(/\bgnu\/linux\b/g, ' linux ');
  return wordsOf(plain);
}

const isNumber = (word: string): boolean => /^\d/.test(word);

/** What is said of a system beyond its name, and makes no other of it. */
const isEdition = (word: string): boolean =>
  isNumber(word) || /^(?:microsoft|apple|pro|home|enterprise|education|lts|x64|x86)$/.test(word);

function beyond(words: readonly string[], others: readonly string[]): string[] {
  return words.filter((word) => !others.includes(word));
}
