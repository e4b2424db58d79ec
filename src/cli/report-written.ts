/** A file that a command writes beside its answer. */
import { rm, writeFile } from 'node:fs/promises';
import { AskedWrongly } from './exit-code.ts';

/** Takes away what an earlier run left, so that nobody takes that for the answer of this one. */
export async function discard(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error: Error) => refuse(path, error));
}

export async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: Error) => refuse(path, error));
}

function refuse(path: string, { message }: Error): never {
  throw new AskedWrongly(`'${path}' cannot be written: ${message}.`);
}
