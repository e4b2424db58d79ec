/**
 * Lets any supported Node run our TypeScript as it stands: `node --import ./scripts/typescript.mjs bench/main.ts`.
 * A hook on loading (https://nodejs.org/docs/latest-v20.x/api/module.html#customization-hooks): Node 20 cannot
 * strip types, no Node knows JSX or takes names out of JSON, and the asset modules are nobody's files.
 */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { modules as assets } from './assets.mjs';

// Node runs hooks in a thread of their own, which loads this file once more; our own threads need hooks as well.
if (!import.meta.url.endsWith('?hooks')) {
  register(`${import.meta.url}?hooks`);
  process.setSourceMapsEnabled(true);
}

export async function resolve(specifier, context, next) {
  return specifier in assets ? { url: specifier, shortCircuit: true } : next(specifier, context);
}

export async function load(url, context, next) {
  if (url in assets) return { format: 'module', source: assets[url](), shortCircuit: true };
  const [, kind] = /\/node_modules\//.test(url) ? [] : (/\.(tsx?|json)$/.exec(url) ?? []);
  if (kind === undefined) return next(url, context);
  const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), {
    loader: kind,
    format: 'esm',
    target: 'node20',
    sourcefile: fileURLToPath(url),
    sourcemap: 'inline',
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'hono/jsx' } },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
