/** Turns digits of any length into a text that sorts as their number does. */

/**
 * The digits without leading zeros, after how many they are, after how long that figure is:
 * `1234` becomes `14` + `1234`, `0` becomes `10`. Never the beginning of another number's key,
 * so keys of several numbers can be joined without a separator.
 */
export function numberKey(digits: string): string {
  const significant = withoutLeadingZeros(digits);
  const count = String(significant.length);
  return `${count.length}${count}${significant}`;
}

/** Empty for zero. */
export function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+/, '');
}
