/** Where the catalogue comes from that machines are held against here: a file, or the service, asked for what is new. */
import { readFile } from 'node:fs/promises';
import type { PublicCatalogue } from '../../drivers/affected/public-catalogue.ts';
import { fetchWithin, sentText } from '../connection.ts';
import { AskedWrongly, CouldNotAsk, type ExitCode } from '../exit-code.ts';
import { printable } from '../output/printable.ts';
import { decoded, unreadable } from '../read-document.ts';
import type { Session } from '../session.ts';
import type { Surroundings } from '../terminal.ts';
import { catalogueFile, keep, readKept } from './catalogue-cache.ts';
import { readCatalogue } from './read-catalogue.ts';

/** It can be large, and comes once. */
const secondsForCatalogue = 600;

export interface Loaded {
  catalogue: PublicCatalogue;
  /** What a summary calls it. */
  from: string;
}

/** From a file where one is given, else of the service. An exit code where that refused. */
export function loadCatalogue(
  session: Session,
  file: string | undefined,
  surroundings: Surroundings,
): Promise<Loaded | ExitCode> {
  return file === undefined ? catalogueOfService(session, surroundings) : catalogueIn(file);
}

/** Throws `AskedWrongly` for a file that cannot be read, or that answers must not be made of. */
async function catalogueIn(path: string): Promise<Loaded> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  const reading = readCatalogue(decoded(path, bytes));
  if (reading.kind === 'unreadable') throw new AskedWrongly(`${path} ${reading.why}`);
  return { catalogue: reading.catalogue, from: path };
}

/**
 * Of the service, which sends it only where it is another than the one that was kept. An exit code where the service
 * refused. Throws `CouldNotAsk` where there is no answer: what was kept is never used in silence.
 */
async function catalogueOfService(
  session: Session,
  { env }: Surroundings,
): Promise<Loaded | ExitCode> {
  const file = catalogueFile(env, session.url);
  const cached = file === null ? ({ kind: 'nothing' } as const) : await readKept(file);
  if (cached.kind === 'damaged') {
    session.note(`${file} is damaged: the catalogue is fetched whole.`);
  }
  const kept = cached.kind === 'kept' ? cached.kept : null;
  const found = await fetchCatalogue(session, kept?.etag ?? null).catch((error: unknown) => {
    throw withKept(error, kept, file);
  });
  if (found.kind === 'refused') return found.code;
  const text = found.kind === 'unchanged' ? (kept?.text ?? '') : found.text;
  const reading = readCatalogue(text);
  if (reading.kind === 'unreadable') {
    throw new CouldNotAsk('lasting', `The catalogue of ${session.url} ${printable(reading.why)}`);
  }
  if (found.kind === 'sent' && file !== null && found.etag !== null) {
    await keepIt(session, file, { text, etag: found.etag, fetchedAt: new Date().toISOString() });
  }
  return { catalogue: reading.catalogue, from: session.url };
}

/** What was asked of the service; where there is no answer, the error tells of the catalogue that was kept. */
export async function orTellOfKept<T>(
  asked: Promise<T>,
  { url }: Session,
  { env }: Surroundings,
): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const file = catalogueFile(env, url);
    const cached = file === null ? null : await readKept(file);
    throw withKept(error, cached?.kind === 'kept' ? cached.kept : null, file);
  }
}

/** The error, with the way to an answer where there is one. */
function withKept(error: unknown, kept: { fetchedAt: string } | null, file: string | null) {
  if (!(error instanceof CouldNotAsk) || kept === null) return error;
  const instead = `To answer from the catalogue of ${kept.fetchedAt}, which knows of nothing since, give --catalogue ${file}.`;
  return new CouldNotAsk(error.kind, `${error.message} ${instead}`, { cause: error });
}

type Found =
  | { kind: 'sent'; text: string; etag: string | null }
  | { kind: 'unchanged' }
  | { kind: 'refused'; code: ExitCode };

async function fetchCatalogue(session: Session, etag: string | null): Promise<Found> {
  const { error, response } = await session.client.GET('/v1/affected/catalogue', {
    params: { header: etag === null ? {} : { 'If-None-Match': etag } },
    // It is the same for everybody, and nobody needs to know who has it.
    headers: { authorization: null },
    fetch: fetchWithin(secondsForCatalogue * 1000),
  });
  const text = sentText(response);
  if (response.status === 304) return { kind: 'unchanged' };
  if (response.ok) return { kind: 'sent', text, etag: response.headers.get('etag') };
  const problem = printable(error as NonNullable<typeof error>);
  const { status } = response;
  return { kind: 'refused', code: session.refuse({ kind: 'refused', status, problem, text }) };
}

/** Answers are made all the same where it cannot be kept. */
async function keepIt(
  session: Session,
  file: string,
  kept: Parameters<typeof keep>[2],
): Promise<void> {
  try {
    await keep(file, session.url, kept);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    session.note(`The catalogue can't be kept for the next time: ${printable(reason)}.`);
  }
}
