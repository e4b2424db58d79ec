/** Cuts a stream of bytes into batches of whole lines. Holds one line, however long the stream is. */
import type { Batch } from './fleet-job.ts';

const newline = 0x0a;

/** A line may be as long as a request to the service. */
export const lineBytesMax = 16 * 1024 * 1024;

/** Whole lines are handed on as soon as they are there. A line longer than `longest` is let go of, and told as empty. */
export async function* batchesOf(
  chunks: AsyncIterable<Uint8Array>,
  longest = lineBytesMax,
): AsyncGenerator<Batch> {
  /** Of the line that has not ended yet. */
  let open: Uint8Array[] = [];
  let openBytes = 0;
  let skipping = false;
  let line = 1;

  for await (const chunk of chunks) {
    let rest = chunk;
    if (skipping) {
      const end = rest.indexOf(newline);
      if (end < 0) continue;
      rest = rest.subarray(end + 1);
      skipping = false;
      yield { firstLine: line, bytes: new Uint8Array() };
      line += 1;
    }
    const end = rest.lastIndexOf(newline) + 1;
    if (end > 0) {
      const bytes = joined([...open, rest.subarray(0, end)], openBytes + end);
      yield { firstLine: line, bytes };
      line += countLines(rest.subarray(0, end));
      rest = rest.subarray(end);
      open = [];
      openBytes = 0;
    }
    if (rest.length > 0) open.push(rest);
    openBytes += rest.length;
    skipping = openBytes > longest;
    if (skipping) {
      open = [];
      openBytes = 0;
    }
  }
  if (skipping || openBytes > 0) yield { firstLine: line, bytes: joined(open, openBytes) };
}

/** In memory of its own, so that it can be handed to a thread. */
function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines += 1;
  return lines;
}
