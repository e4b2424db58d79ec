/** Reads a document that a person wrote, in JSON or YAML. */
import { readFile } from 'node:fs/promises';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { readJson } from '../contract/json-text.ts';
import { AskedWrongly } from './exit-code.ts';

/**
 * The object in the file, typed as what it is meant to be: whether it is, the service judges. JSON and YAML are told
 * apart by the file's ending, else by how it begins. Throws `AskedWrongly` for a file that can't be read.
 */
export async function readDocument<Meant extends object>(path: string): Promise<Meant> {
  const text = decoded(path, await readWhole(path));
  const value = isMeantAsJson(path, text) ? parseJson(path, text) : parseAsYaml(path, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Meant;
  throw new AskedWrongly(`${path} holds ${nameOf(value)}; one object with named fields is needed.`);
}

/** Throws `AskedWrongly`. */
export function parseJson(path: string, text: string): unknown {
  const reading = readJson(text);
  if (reading.kind === 'value') return reading.value;
  throw new AskedWrongly(`${path} can't be read as JSON: ${reading.fault.detail}.`);
}

/** Why a file can't be opened or read, in a sentence. */
export function unreadable(path: string, error: unknown): AskedWrongly {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new AskedWrongly(`${path} can't be read: ${reasons[code] ?? (code || String(error))}.`, {
    cause: error,
  });
}

/** Text in UTF-8, without its byte order mark. Throws `AskedWrongly`. */
export function decoded(path: string, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new AskedWrongly(`${path} is not text in UTF-8. Save it in that encoding.`, { cause });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'access is denied',
  EISDIR: 'it is a folder',
};

async function readWhole(path: string): Promise<Uint8Array> {
  if (path === '-') throw new AskedWrongly('- is no file. Standard input is /dev/stdin.');
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function isMeantAsJson(path: string, text: string): boolean {
  if (/\.json$/i.test(path)) return true;
  return !/\.ya?ml$/i.test(path) && /^\s*[{[]/.test(text);
}

function parseAsYaml(path: string, text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError || error instanceof ReferenceError)) throw error;
    // Further lines quote the place.
    const [reason] = error.message.split('\n');
    const advice = error instanceof YAMLParseError ? (yamlAdvice[error.code] ?? '') : '';
    throw new AskedWrongly(
      `${path} can't be read as YAML: ${reason?.replace(/[.:]$/, '')}.${advice}`,
      { cause: error },
    );
  }
}

/** For what people do most often. */
const yamlAdvice: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: ' Put a text that has a colon and a space in it in quotes.',
  TAB_AS_INDENT: ' Indent with spaces.',
  MULTIPLE_DOCS: ' Take out the lines of three dashes: a file holds one document.',
};

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : 'a single value';
}
