/** Versions as people mean them: what makers of drivers write into version fields, as plain numbers. */

/** No version is longer; what follows is somebody's remark. */
const charactersMax = 200;

/**
 * Numbers separated by dots, without leading zeros: `10, 29, 0, 5152` is `10.29.0.5152`,
 * `10.30.00.5152` is `10.30.0.5152`, `6.1.7600.16385 (win7_rtm.090713-1255)` is `6.1.7600.16385`.
 * Null where the text does not begin with a version, is a date, or can be read in two ways.
 */
export function readFileVersion(text: string): string | null {
  const bare = text
    .slice(0, charactersMax)
    .trim()
    .replace(/^v(?:er(?:sion)?)?[.:]?\s*(?=\d)/i, '');
  if (isDate.test(bare) || isHexadecimal.test(bare)) return null;
  const numbers = (dotted.exec(bare) ?? comma.exec(bare) ?? single.exec(bare))?.[0];
  if (numbers === undefined || isUnclear.test(bare.slice(numbers.length))) return null;
  return numbers
    .split(/[.,]/)
    .map((number) => number.trim().replace(/^0+(?=\d)/, ''))
    .join('.');
}

// The first separator decides: the comma in "5.1, 64 bit" separates a remark.
const dotted = /^\d+(?:\s?\.\s?\d+)+/;
const comma = /^\d+(?:\s?,\s?\d+)+/;
const single = /^\d+/;

const isDate = /^\d{1,4}([-/])\d{1,2}\1\d{1,4}/;
const isHexadecimal = /^0x/i;

/** What follows the numbers goes on like a version, but not like the one before. */
const isUnclear = /^[.,](?:\d|\s?[.,])/;
