/** Finds what two lists have in common, in their order. Pure. */

/**
 * Places `[left, right]` of a longest common subsequence, rising on both sides; of several, the one that pairs earliest
 * on the left. The time grows with the product of what lies between the common beginning and the common end.
 */
export function alignedPairs(
  left: readonly string[],
  right: readonly string[],
): [number, number][] {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) {
    end++;
  }
  const middle = pairsOfMiddle(
    left.slice(start, left.length - end),
    right.slice(start, right.length - end),
  );
  return [
    ...Array.from({ length: start }, (_, index): [number, number] => [index, index]),
    ...middle.map(([i, j]): [number, number] => [start + i, start + j]),
    ...Array.from({ length: end }, (_, index): [number, number] => [
      left.length - end + index,
      right.length - end + index,
    ]),
  ];
}

function pairsOfMiddle(left: readonly string[], right: readonly string[]): [number, number][] {
  const width = right.length + 1;
  // How many can still be paired from here on.
  const paired = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number) => paired[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      paired[i * width + j] =
        left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
