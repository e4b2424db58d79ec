/**
 * Makes dist/pglite-seed-<version>.tar.gz, the data directory of a freshly initialised PGlite, so that a first
 * start need not run initdb in WebAssembly (`src/db/seed.ts` reads it). Takes four seconds, once for each
 * version of PGlite.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';

const dist = new URL('../dist/', import.meta.url);
const packageFile = new URL('../node_modules/@electric-sql/pglite/package.json', import.meta.url);

/** Makes the seed where it is missing, and removes those of other versions. */
export async function makeSeed() {
  const { version } = JSON.parse(await readFile(packageFile, 'utf8'));
  const name = `pglite-seed-${version}.tar.gz`;
  const seed = new URL(name, dist);
  if (existsSync(seed)) return;
  await mkdir(dist, { recursive: true });
  for (const file of await readdir(dist)) {
    if (file.startsWith('pglite-seed-')) await rm(new URL(file, dist));
  }
  const pglite = await PGlite.create();
  const dump = await pglite.dumpDataDir('gzip');
  await pglite.close();
  // Moved into place whole: two builds at once, or one that is stopped, leave no half of a seed.
  const partial = new URL(`${name}.${process.pid}`, dist);
  await writeFile(partial, Buffer.from(await dump.arrayBuffer()));
  await rename(partial, seed);
}
