import { document } from 'holdfast:contract';
import { expect, test } from 'vitest';
import { operationsOf } from '../../src/contract/operations.ts';
import { problemKinds } from '../../src/contract/problems.ts';
import { docsPages } from '../../src/web/docs/pages.tsx';

const pages = docsPages({ publisherName: 'Example', publicUrl: 'https://reports.example' });
const asked = (path: Record<string, string> = {}) => ({
  path,
  query: new URLSearchParams(),
  form: null,
});
const docs = async () => String((await pages.docs(asked())).body);

test('the page about the contract has a place for every operation, shape and problem', async () => {
  const html = await docs();
  const schemas = Object.keys(document.components?.schemas ?? {});
  const missing = [
    ...operationsOf(document).map(({ id }) => `id="operation-${id}"`),
    ...schemas.map((name) => `id="schema-${name}"`),
    ...Object.keys(problemKinds).map((slug) => `href="/problems/${slug}"`),
  ].filter((part) => !html.includes(part));
  expect(missing).toEqual([]);
});

test('every link within it leads somewhere, and every id is there once', async () => {
  const html = await docs();
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.length).toBe(new Set(ids).size);
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

test('it explains every value of an enumeration', async () => {
  const html = await docs();
  expect(html).toContain(
    '<code class="whole">sev1</code>: machines unusable, data lost or protection lost.',
  );
  expect(html).toContain(
    '<code class="whole">missing_containment</code>: nothing kept it from spreading.',
  );
});

test.each(Object.entries(problemKinds))(
  'the address that %s carries as its type explains it',
  async (slug, { title }) => {
    const { status, body } = await pages.problem(asked({ problem: slug }));
    expect([status, String(body).includes(`<h1>${title}</h1>`)]).toEqual([200, true]);
  },
);

test('404: a kind of problem that there is not', async () => {
  expect((await pages.problem(asked({ problem: 'toString' }))).status).toBe(404);
});
