/** intdot: numbers separated by dots, as many as one likes, of any size (VERS, "Special VERS types"). */
import { numberKey, withoutLeadingZeros } from './number-key.ts';
import { fault, type Reading } from './version.ts';

/** Reads a text that must be an intdot version from its first to its last character. */
export function readIntdot(text: string): Reading {
  const numbers = /^\d+(?:\.\d+)*/.exec(text)?.[0] ?? '';
  if (numbers === '') {
    return fault(0, 'Write numbers separated by dots, such as 10.29.0.5152.');
  }
  if (numbers.length < text.length) {
    const stop = text.charAt(numbers.length);
    return fault(
      numbers.length,
      stop === '.'
        ? 'Put a number after this dot, or take the dot out.'
        : `Write nothing but numbers and dots: an intdot version ends where ${JSON.stringify(stop)} stands.`,
    );
  }
  return { ok: true, version: toVersion(text, numbers) };
}

/**
 * Reads what the world writes into version fields: stops at the first character that is neither a
 * digit nor a dot, and takes a missing number for zero (`1..2beta` is `1.0.2`). A text that has no
 * number before that character says nothing and is refused, rather than taken for version 0.
 */
export function readIntdotLoosely(text: string): Reading {
  const numbers = /^[\d.]*/.exec(text)?.[0] ?? '';
  if (!/\d/.test(numbers)) {
    return fault(numbers.length, 'Begin with a number, as in 10.29.0.5152.');
  }
  return { ok: true, version: toVersion(text, numbers) };
}

function toVersion(text: string, numbers: string) {
  const parts = numbers.split('.').map(withoutLeadingZeros);
  // 1 and 1.0.0 are one version: what is missing counts as zero.
  while (parts.at(-1) === '') parts.pop();
  return {
    text,
    canonical: parts.map((part) => part || '0').join('.') || '0',
    sortKey: parts.map(numberKey).join(''),
    build: null,
  };
}
