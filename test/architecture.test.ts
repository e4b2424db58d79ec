/** The house: imports go one way, and every folder has its place in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** What each folder may import, besides itself and npm packages. */
const mayImport: Record<string, readonly string[]> = {
  versions: [],
  gate: ['versions'],
  contract: [],
  db: [],
  // Pure, so that an envelope is checked where no service is.
  attestation: [],
  web: ['contract'],
  documents: ['contract', 'db'],
  access: ['contract', 'db'],
  products: ['contract', 'db', 'documents'],
  checks: ['contract', 'db', 'documents', 'gate', 'versions'],
  drivers: ['contract', 'db', 'documents', 'gate', 'versions', 'web'],
  incidents: ['contract', 'db', 'documents', 'gate', 'versions'],
  releases: ['attestation', 'contract', 'db', 'gate', 'versions', 'web'],
  reports: ['contract', 'db', 'web', 'versions', 'incidents'],
  coverage: ['contract', 'db', 'gate', 'versions'],
  webhooks: ['contract', 'db', 'gate'],
  // Over HTTP; the server only for `serve` and `migrate`, and then by a dynamic import.
  cli: ['attestation', 'contract', 'versions', 'gate'],
  server: [
    'access',
    'attestation',
    'checks',
    'contract',
    'coverage',
    'db',
    'documents',
    'drivers',
    'gate',
    'incidents',
    'products',
    'releases',
    'reports',
    'versions',
    'web',
    'webhooks',
  ],
};

/** Edges allowed beyond that, with the reason: `file → folder`, or `folder → file`. */
const exceptions: Record<string, string> = {
  'coverage → releases/gate-facts.ts': 'a backtest asks the gate as pipelines do',
  'webhooks → releases/gate-facts.ts': 'what is told is what the gate says',
  'incidents → releases/proof/proof-store.ts': 'held before an incident changes what it binds',
  'incidents → releases/proof/revise-proof.ts':
    'what an incident affects decides what results prove',
  'drivers → incidents/record.ts': 'pure: what conditions are when they are whole',
  'drivers → incidents/references.ts': 'pure: what conditions and ranges may speak of',
  'drivers → incidents/scope.ts': 'pure: who may know of an incident',
  'drivers → incidents/store.ts': 'a hold is of an incident, and refers to things as that does',
  'drivers → releases/gate-facts.ts': 'a hold is released on what the gate says of a fixed version',
  'cli/commands/service.ts → server': 'serve and migrate run the service itself',
  'cli → db/start-refused.ts': 'the sentence of a refused start',
  'cli → releases/test-reports/read-test-report.ts': 'pure: what a file of tests holds',
  'cli → releases/facts-hash.ts': 'pure: the hash of what was judged',
  'cli → documents/changes.ts': 'pure: how two documents differ',
  'cli → documents/merge-patch.ts': 'pure: what a patch makes of a document',
  'cli → incidents/record.ts': 'pure: what a record is when it is whole',
  'cli → products/product.ts': 'pure: what a product is when it is whole',
  'cli → checks/check.ts': 'pure: what a check is when it is whole',
  'cli → drivers/driver.ts': 'pure: what a driver is when it is whole',
  'cli → drivers/import/read-drivers.ts': 'pure: the drivers that a file holds',
  'cli → drivers/identity-faults.ts': 'pure: what makes a driver impossible to recognise',
  'cli → drivers/unseen.ts': 'pure: which lists do not show a driver',
  'cli → reports/range-words.ts': 'pure: how a range is said',
  'cli → reports/condition-words.ts': 'pure: how conditions are said',
  'cli → reports/driver-words.ts': 'pure: how a driver is found on a machine',
  'cli → web/words.ts': 'pure: the enumerations in words',
  'cli → drivers/affected/ask.ts': 'pure: a machine is answered here as the service answers it',
  'cli → drivers/affected/evaluator-thread.ts':
    'the program is one file, so its threads begin there',
  'cli → drivers/affected/public-catalogue.ts': 'pure: what such answers are made from',
  'cli → drivers/affected/verdict-words.ts': 'pure: the words for them',
  'cli → drivers/affected/what-would-tell.ts': 'pure: what is missing, and what prints it',
  'cli → drivers/matching/verdict.ts': 'pure: the verdicts in their order',
  'cli → drivers/matching/item-label.ts': 'pure: what a driver of a machine is called',
  'cli → drivers/inventories/decode-text.ts': 'pure: the encodings of inventories',
  'cli → drivers/inventories/inventory.ts': 'pure: how large an inventory can be',
};

interface Edge {
  file: string;
  target: string;
}

function edges(): Edge[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\/.*\.tsx?$/.test(file),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
      ([, specifier = '']) => specifier,
    );
    return specifiers.map((specifier) => ({
      file,
      target: relative(src, join(src, dirname(file), specifier)),
    }));
  });
}

const folderOf = (path: string) => path.split('/')[0] ?? '';

function isAllowed({ file, target }: Edge): boolean {
  const from = folderOf(file);
  const to = folderOf(target);
  if (from === to || target === '../package.json') return true;
  if (mayImport[from]?.includes(to)) return true;
  return `${file} → ${to}` in exceptions || `${from} → ${target}` in exceptions;
}

test('imports go one way through the house', () => {
  const wrong = edges()
    .filter((edge) => !isAllowed(edge))
    .map(({ file, target }) => `${file} imports ${target}`);
  expect(wrong).toEqual([]);
});

test('every folder of the source has its place', () => {
  const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(mayImport).sort());
});

test('no exception is kept that nothing needs', () => {
  const all = edges();
  const unused = Object.keys(exceptions).filter(
    (exception) =>
      !all.some(
        ({ file, target }) =>
          exception === `${file} → ${folderOf(target)}` ||
          exception === `${folderOf(file)} → ${target}`,
      ),
  );
  expect(unused).toEqual([]);
});

test('the environment is read in one place', () => {
  const readers = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env'));
  // The server is handed it by the command line's entry.
  expect(readers).toEqual(['cli/main.ts']);
});
