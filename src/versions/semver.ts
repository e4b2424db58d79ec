/** semver: Semantic Versioning 2.0.0, every number and identifier at full length. */
import { numberKey } from './number-key.ts';
import { type Fault, fault, type Reading } from './version.ts';

// The npm library `semver` loses versions: it refuses numbers above 2^53 and more than 256
// characters, compares long numeric identifiers (`20240719040900123`) as doubles, and takes `v1.2.3`.

const NUMBER_NAMES = ['major', 'minor', 'patch'] as const;

/** Reads a text that must be a semantic version from its first to its last character. */
export function readSemver(text: string): Reading {
  const plus = text.indexOf('+');
  const coreEnd = endOf(text, /[-+]/);
  const ordered = plus === -1 ? text : text.slice(0, plus);
  const core = text.slice(0, coreEnd);
  const prerelease = coreEnd < ordered.length ? ordered.slice(coreEnd + 1) : null;
  const build = plus === -1 ? null : text.slice(plus + 1);

  const wrong =
    findCoreFault(core) ??
    (prerelease === null ? null : findPrereleaseFault(prerelease, coreEnd + 1)) ??
    (build === null ? null : findIdentifierFault(build, plus + 1));
  if (wrong !== null) return wrong;

  const sortKey = core.split('.').map(numberKey).join('') + prereleaseKey(prerelease);
  return { ok: true, version: { text, canonical: text, sortKey, build } };
}

/** Numbers before texts, fewer identifiers before more, and no pre-release after any (SemVer 2.0.0 §11). */
function prereleaseKey(prerelease: string | null): string {
  if (prerelease === null) return '2';
  const key = (identifier: string) =>
    // The mark at the end of a text sorts before every character of an identifier.
    isNumeric(identifier) ? `0${numberKey(identifier)}` : `1${identifier}!`;
  return prerelease.split('.').map(key).join('');
}

function findCoreFault(core: string): Fault | null {
  const numbers = core.split('.');
  let position = 0;
  for (const [index, number] of numbers.entries()) {
    if (index === NUMBER_NAMES.length) {
      return fault(position - 1, 'Write three numbers only; build metadata comes after a +.');
    }
    const digits = endOf(number, /\D/);
    if (digits < number.length) {
      return fault(position + digits, 'Write three numbers separated by dots, such as 1.2.3.');
    }
    if (digits === 0) return fault(position, `Put the ${NUMBER_NAMES[index]} number here.`);
    if (hasLeadingZero(number)) return fault(position, 'Take the leading zero out.');
    position += number.length + 1;
  }
  const missing = NUMBER_NAMES[numbers.length];
  return missing === undefined
    ? null
    : fault(core.length, `Add the ${missing} number, as in 1.2.3.`);
}

function findPrereleaseFault(prerelease: string, start: number): Fault | null {
  const wrong = findIdentifierFault(prerelease, start);
  if (wrong !== null) return wrong;
  let position = start;
  for (const identifier of prerelease.split('.')) {
    if (isNumeric(identifier) && hasLeadingZero(identifier)) {
      return fault(position, 'Take the leading zero out of this number.');
    }
    position += identifier.length + 1;
  }
  return null;
}

function findIdentifierFault(identifiers: string, start: number): Fault | null {
  let position = start;
  for (const identifier of identifiers.split('.')) {
    const good = endOf(identifier, /[^0-9A-Za-z-]/);
    if (good < identifier.length) {
      return fault(position + good, 'Use letters, digits and hyphens here, separated by dots.');
    }
    if (good === 0) return fault(position, 'Put letters, digits or hyphens here.');
    position += identifier.length + 1;
  }
  return null;
}

/** Where the first match stands, else the text's length. */
function endOf(text: string, stop: RegExp): number {
  const found = text.search(stop);
  return found === -1 ? text.length : found;
}

const isNumeric = (identifier: string) => /^\d+$/.test(identifier);
const hasLeadingZero = (digits: string) => digits.length > 1 && digits.startsWith('0');
