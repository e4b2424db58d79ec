/** The public keys to check with: from a file, from an address, or from the service. */
import { readFile } from 'node:fs/promises';
import { readKeySet, type TrustedKeys } from '../attestation/key-set.ts';
import { secondsForAnswer } from './connection.ts';
import { AskedWrongly, CouldNotAsk, isPassing } from './exit-code.ts';
import { decoded, parseJson, unreadable } from './read-document.ts';

/** `place` is a file or an http address. Throws `AskedWrongly` for what holds no keys, `CouldNotAsk` where none come. */
export async function keysAt(place: string): Promise<TrustedKeys> {
  const text = /^https?:\/\//i.test(place) ? await fetched(place) : await inFile(place);
  return keysIn(place, parseJson(place, text));
}

export function keysIn(place: string, value: unknown): TrustedKeys {
  const keys = readKeySet(value);
  if (keys && keys.size > 0) return keys;
  const what = keys ? 'is a key set without an Ed25519 key' : 'is no JSON Web Key Set';
  throw new AskedWrongly(`${place} ${what}. The service has its own at /.well-known/jwks.json.`);
}

async function inFile(path: string): Promise<string> {
  try {
    return decoded(path, await readFile(path));
  } catch (error) {
    throw error instanceof AskedWrongly ? error : unreadable(path, error);
  }
}

async function fetched(address: string): Promise<string> {
  try {
    const signal = AbortSignal.timeout(secondsForAnswer * 1000);
    const response = await fetch(address, { signal });
    const text = await response.text();
    if (response.ok) return text;
    const kind = isPassing(response.status) ? 'passing' : 'lasting';
    throw new CouldNotAsk(kind, `${address} answers ${response.status} instead of the keys.`);
  } catch (error) {
    if (error instanceof CouldNotAsk) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CouldNotAsk('passing', `The keys can't be fetched from ${address}: ${reason}.`, {
      cause: error,
    });
  }
}
