/** Batches: whatever way the bytes come, every line is there once, whole and with its number. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf } from '../../../src/cli/fleet/batches.ts';
import type { Batch } from '../../../src/cli/fleet/fleet-job.ts';

async function* inPieces(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  let at = 0;
  for (const cut of cuts) {
    yield bytes.subarray(at, at + cut);
    at += cut;
  }
  yield bytes.subarray(at);
}

const longest = 30;

/** The lines by their numbers; null where one was too long. */
function linesOf(batches: readonly Batch[]): [number, string | null][] {
  return batches.flatMap(({ firstLine, bytes }): [number, string | null][] => {
    if (bytes.length === 0) return [[firstLine, null]];
    const lines = Buffer.from(bytes).toString().split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines.map((line, index) => [firstLine + index, line]);
  });
}

test('every line is in one batch, whole, under its number', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ä', '€', ' '), maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      fc.array(fc.nat({ max: 40 })),
      async (lines, cuts) => {
        const batches: Batch[] = [];
        for await (const batch of batchesOf(inPieces(lines.join('\n'), cuts), longest)) {
          batches.push(batch);
        }
        // What stands behind the last line end is a line only where something stands there.
        const expected = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
        expect(linesOf(batches)).toEqual(expected.map((text, index) => [index + 1, text]));
      },
    ),
  );
});

test('a line that is too long is told by its number, and costs none of the others', async () => {
  const text = ['first', 'x'.repeat(95), 'third', 'x'.repeat(50), 'x'.repeat(60)].join('\n');
  const batches: Batch[] = [];
  for await (const batch of batchesOf(inPieces(text, Array(40).fill(7)), longest)) {
    expect(batch.bytes.length).toBeLessThan(60);
    batches.push(batch);
  }
  expect(linesOf(batches)).toEqual([
    [1, 'first'],
    [2, null],
    [3, 'third'],
    [4, null],
    [5, null],
  ]);
});
