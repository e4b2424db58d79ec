/** Values of settings, which programs print as words and as numbers. */
import { lowered } from './pattern.ts';

const switches: readonly (readonly string[])[] = [
  ['on', 'true', 'yes', 'enabled', 'enable', '1'],
  ['off', 'false', 'no', 'disabled', 'disable', '0'],
];

/** Whether both mean the same; null where a switch is spoken of, and the other is none. */
export function compareValues(said: string, wanted: string): boolean | null {
  const [one, other] = [inOneForm(said), inOneForm(wanted)];
  if (one === other) return true;
  const [left, right] = [switchOf(one), switchOf(other)];
  if (left !== null && right !== null) return left === right;
  // 0 and 1 are numbers besides.
  const wordsApart = [one, other].some((text) => switchOf(text) !== null && !/^\d/.test(text));
  return wordsApart ? null : false;
}

/** The registry prints numbers as `0x1`. */
function inOneForm(value: string): string {
  const text = lowered(value);
  return /^0x[0-9a-f]{1,13}$/.test(text) ? String(Number(text)) : text;
}

function switchOf(value: string): number | null {
  const found = switches.findIndex((words) => words.includes(value));
  return found < 0 ? null : found;
}
