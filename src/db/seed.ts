/**
 * The seed: a freshly initialised PostgreSQL data directory, made by `npm run build`, so that a first start
 * unpacks files instead of running initdb in WebAssembly (a tenth of a second instead of four).
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Beside the built file; or in dist/ when run from source. */
const places = ['./', '../../dist/'];

/** The seed's path; null where none was made for the PGlite that is installed: then initdb has to run. */
export function findSeed(): string | null {
  const file = seedFileName();
  const candidates = places.map((place) => fileURLToPath(new URL(place + file, import.meta.url)));
  return candidates.find(existsSync) ?? null;
}

/** Another PGlite may bring another PostgreSQL, which could not read the files. */
function seedFileName(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(
    readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'),
  ) as { version: string };
  return `pglite-seed-${version}.tar.gz`;
}

/** Writes the seed's folders and files below `folder`, which must not exist yet. */
export async function unpackSeed(seed: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { path, content } of tarEntries(gunzipSync(await readFile(seed)))) {
    const target = join(folder, path);
    if (content === null) await mkdir(target, { recursive: true, mode: 0o700 });
    else await writeFile(target, content, { mode: 0o600 });
  }
}

const block = 512;
const folderType = '5';

/** The entries of a ustar archive as PGlite writes it: short names, folders before their files. */
function* tarEntries(archive: Buffer): Generator<{ path: string; content: Buffer | null }> {
  for (let at = 0; at < archive.length && archive[at] !== 0; ) {
    const field = (start: number, length: number) =>
      archive.toString('latin1', at + start, at + start + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(field(124, 12), 8);
    const start = at + block;
    const isFolder = field(156, 1) === folderType;
    yield { path: field(0, 100), content: isFolder ? null : archive.subarray(start, start + size) };
    at = start + Math.ceil(size / block) * block;
  }
}
