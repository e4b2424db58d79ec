/** Versions as people mean them: what makers of drivers write into version fields, as plain numbers. */

/** No version is longer; what follows is somebody's remark. */
const charactersMax = 200;

/**
 * Numbers separated by dots, without leading zeros: `10, 29, 0, 5152` is `10.29.0.5152`,
 * `10.30.00.5152` is `10.30.0.5152`, `6.1.7600.16385 (win7_rtm.090713-1255)` is `6.1.7600.16385`.
 * Null where the text does not begin with a version, may be a date, or can be read in two ways, and
 * where it is nothing but zeros: that is what Windows prints of a file without a version.
 */
export function readFileVersion(text: string): string | null {
  const bare = text
    .slice(0, charactersMax)
    .trim()
    .replace(/^v(?:er(?:sion)?)?[.:]?\s*(?=\d)/i, '');
  if (isDate.test(bare) || isHexadecimal.test(bare)) return null;
  const written = (dotted.exec(bare) ?? comma.exec(bare) ?? single.exec(bare))?.[0];
  if (written === undefined) return null;
  const numbers = written.split(/[.,]/).map((number) => number.trim().replace(/^0+(?=\d)/, ''));
  if (numbers.every((number) => number === '0')) return null;
  return isUnclear(bare.slice(written.length), numbers.length) ? null : numbers.join('.');
}

// The first separator decides: the comma in "5.1, 64 bit" separates a remark.
const dotted = /^\d+(?:\s?\.\s?\d+)+/;
const comma = /^\d+(?:\s?,\s?\d+)+(?!\d*\s?-?bit)/i;
const single = /^\d+/;

/** Also with dots, where the year comes last: `2021.9.21` sorts as a version does, `21.9.2021` does not. */
const isDate =
  /^(?:\d{1,4}([-/])\d{1,2}\1\d{1,4}|(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|[12]\d|3[01])\.(?:19|20)\d\d(?![.\d]))/;
const isHexadecimal = /^0x/i;

/** Whether the rest may be more of the version, written in another way than what was read of it. */
function isUnclear(rest: string, numbers: number): boolean {
  if (goesOn.test(rest)) return true;
  // A number alone is a version where nothing is glued to it: not in `6_1`, `1e1.29` or `10-29`.
  if (numbers === 1) return !/^(?:$|,?\s+(?!\d)|\()/.test(rest);
  return numbers < 4 && /^\s+\d+(?:$|[\s.,_])/.test(rest);
}

/** Separators and digits that were not taken, those of other scripts among them. */
const goesOn = /^(?:[.,](?:\d|\s?[.,])|_\d|\s?[．。，、]|\p{N})/u;
