/** Keeps the catalogue of each service that was asked, so that an unchanged one is not sent again. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** `text` as the service sent it. */
export interface Kept {
  text: string;
  /** As the service sent it. */
  etag: string;
  /** RFC 3339 in UTC. */
  fetchedAt: string;
}

/** `damaged`: something is there, and is not what was written. */
export type CacheReading = { kind: 'kept'; kept: Kept } | { kind: 'nothing' } | { kind: 'damaged' };

interface Label {
  service: string;
  etag: string;
  fetchedAt: string;
  /** Of the catalogue beside it. */
  sha256: string;
}

/**
 * The file of a service's catalogue, in the folder that the XDG Base Directory Specification names, or the one of
 * Windows; null where neither is known. A label stands beside it, which is written last.
 */
export function catalogueFile(env: Environment, service: string): string | null {
  const folder = cacheFolder(env);
  return folder === null
    ? null
    : join(folder, 'holdfast', `catalogue-${sha256Of(service).slice(0, 16)}.json`);
}

function cacheFolder({ XDG_CACHE_HOME, HOME, LOCALAPPDATA }: Environment): string | null {
  // The specification says to ignore a path that is not absolute.
  if (XDG_CACHE_HOME?.startsWith('/')) return XDG_CACHE_HOME;
  if (LOCALAPPDATA) return LOCALAPPDATA;
  return HOME ? join(HOME, '.cache') : null;
}

export async function readKept(file: string): Promise<CacheReading> {
  let text: string;
  let label: string;
  try {
    [text, label] = await Promise.all([readFile(file, 'utf8'), readFile(labelOf(file), 'utf8')]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { kind: 'nothing' };
    return { kind: 'damaged' };
  }
  const read = parseLabel(label);
  if (read === null || read.sha256 !== sha256Of(text)) return { kind: 'damaged' };
  return { kind: 'kept', kept: { text, etag: read.etag, fetchedAt: read.fetchedAt } };
}

/** Throws where the folder or the file cannot be written. */
export async function keep(file: string, service: string, kept: Kept): Promise<void> {
  const { text, etag, fetchedAt } = kept;
  const label: Label = { service, etag, fetchedAt, sha256: sha256Of(text) };
  await mkdir(dirname(file), { recursive: true });
  await replace(file, text);
  await replace(labelOf(file), `${JSON.stringify(label)}\n`);
}

/** In one step, so that another command that reads meanwhile has the old one or the new one. */
async function replace(file: string, text: string): Promise<void> {
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, text);
  await rename(partial, file);
}

function labelOf(file: string): string {
  return file.replace(/\.json$/, '.label.json');
}

function parseLabel(text: string): Label | null {
  try {
    const value = JSON.parse(text) as Partial<Label> | null;
    const { service, etag, fetchedAt, sha256 } = value ?? {};
    const all = [service, etag, fetchedAt, sha256].every((each) => typeof each === 'string');
    return all ? (value as Label) : null;
  } catch {
    return null;
  }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
