/**
 * Makes dist/: `holdfast.mjs`, the service and the command line as one file that any Node 20 runs, and beside it
 * the seed of the embedded database. Only PGlite stays outside: it is mostly WebAssembly and is read from its
 * own package, and nobody needs it who sets DATABASE_URL.
 */
import { chmod, rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { esbuildPlugin as assets } from './assets.mjs';
import { makeSeed } from './pglite-seed.mjs';

const root = new URL('../', import.meta.url);
const target = new URL('dist/holdfast.mjs', root);
const partial = new URL(`dist/holdfast.mjs.${process.pid}`, root);

// CommonJS packages inside the file call `require` for Node's own modules; a module has to make one.
const banner = `#!/usr/bin/env node
import { createRequire as requireOfThisFile } from 'node:module';
const require = requireOfThisFile(import.meta.url);`;

await build({
  entryPoints: [fileURLToPath(new URL('src/cli/main.ts', root))],
  outfile: fileURLToPath(partial),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: { js: banner },
  external: ['@electric-sql/pglite', 'pg-native'],
  plugins: [assets],
});
await chmod(partial, 0o755);
// In one step, so that a command that runs meanwhile reads the old file or the new one.
await rename(partial, target);
await makeSeed();
