/** Reads what a command printed of a machine's drivers, in whatever encoding, from a file or standard input. */
import { readFile } from 'node:fs/promises';
import { decodeText } from '../drivers/inventories/decode-text.ts';
import { usualLimits } from '../drivers/inventories/inventory.ts';
import { AskedWrongly } from './exit-code.ts';
import { unreadable } from './read-document.ts';
import type { OwnProcess } from './terminal.ts';

export interface InventoryFile {
  /** As it was given; null for standard input. */
  path: string | null;
  text: string;
}

/** `-` is standard input. Throws `AskedWrongly` for what cannot be read, is no text, or is longer than any machine's. */
export async function readInventoryFile(
  path: string,
  own: OwnProcess | null,
): Promise<InventoryFile> {
  const bytes = path === '-' ? await readStandardInput(own) : await readWhole(path);
  const name = path === '-' ? 'Standard input' : path;
  if (bytes.length > usualLimits.bytesMax) {
    throw new AskedWrongly(
      `${name} has more than ${usualLimits.bytesMax} bytes, which no machine's list of drivers has. One line for each of many machines is --fleet.`,
    );
  }
  const reading = decodeText(bytes);
  if (reading.kind === 'binary') {
    throw new AskedWrongly(`${name} holds ${reading.seen}, not what a command printed.`);
  }
  return { path: path === '-' ? null : path, text: reading.text };
}

async function readStandardInput(own: OwnProcess | null): Promise<Uint8Array> {
  if (own === null) throw new AskedWrongly('There is no standard input here.');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of own.stdin()) {
    chunks.push(chunk);
    length += chunk.length;
    // The rest is not needed to refuse it.
    if (length > usualLimits.bytesMax) break;
  }
  return Buffer.concat(chunks);
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
