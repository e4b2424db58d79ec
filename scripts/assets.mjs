/**
 * Lets source import the contract and the migrations as modules, so that the tests, the server and the
 * single-file build all carry the same text without looking for files at run time.
 *
 * `holdfast:contract` exports `text` (openapi.yaml as written) and `document` (the same, parsed).
 * `holdfast:migrations` exports `migrations`, in order: `{ number, name, sql }`.
 * `holdfast:web-assets` exports `files`: what the pages load, as text by the file's name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);

/** The source of each module, by its name. */
export const modules = {
  'holdfast:contract': () => {
    const text = readFileSync(new URL('openapi.yaml', root), 'utf8');
    return `export const text = ${JSON.stringify(text)};\nexport const document = ${JSON.stringify(parse(text))};`;
  },
  'holdfast:migrations': () => {
    const folder = new URL('migrations/', root);
    const migrations = readdirSync(folder)
      .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
      .sort()
      .map((file) => ({
        number: Number(file.slice(0, 4)),
        name: file,
        sql: readFileSync(new URL(file, folder), 'utf8'),
      }));
    return `export const migrations = ${JSON.stringify(migrations)};`;
  },
  'holdfast:web-assets': () => {
    const folder = new URL('src/web/assets/', root);
    const files = readdirSync(folder).map((file) => [
      file,
      readFileSync(new URL(file, folder), 'utf8'),
    ]);
    return `export const files = ${JSON.stringify(Object.fromEntries(files))};`;
  },
};

/** For vitest.config.ts. */
export const vitePlugin = {
  name: 'holdfast-assets',
  enforce: 'pre',
  resolveId: (id) => (id in modules ? `\0${id}` : null),
  load: (id) => (id.startsWith('\0') && modules[id.slice(1)]?.()) || null,
};

/** For scripts/build.mjs. */
export const esbuildPlugin = {
  name: 'holdfast-assets',
  setup(build) {
    build.onResolve({ filter: /^holdfast:/ }, ({ path }) => ({ path, namespace: 'holdfast' }));
    build.onLoad({ filter: /.*/, namespace: 'holdfast' }, ({ path }) => ({
      contents: modules[path](),
      loader: 'js',
    }));
  },
};
