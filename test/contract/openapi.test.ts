/** What openapi.yaml itself must keep, beyond what the linter looks for. */
import { document } from 'holdfast:contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { below, type Location, type Reference, resolve } from '../../src/contract/document.ts';
import { operationsOf } from '../../src/contract/operations.ts';
import { schemasOf } from '../../src/contract/schemas.ts';

const operations = operationsOf(document);
const schemas = schemasOf(document);

interface Found {
  at: Location;
  node: Record<string, unknown>;
}

/** Every object of the document for which `is` holds, with its place. */
function find(is: (node: Record<string, unknown>) => boolean): Found[] {
  const found: Found[] = [];
  const visit = (value: unknown, at: Location) => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value) && is(value as Record<string, unknown>)) {
      found.push({ at, node: value as Record<string, unknown> });
    }
    for (const [name, part] of Object.entries(value)) {
      if (name !== 'example' && name !== 'examples') visit(part, below(at, name));
    }
  };
  visit(document, '');
  return found;
}

test('every schema is one of JSON Schema 2020-12 and compiles', () => {
  const places = [
    ...Object.keys(document.components?.schemas ?? {}).map((name) => `/components/schemas/${name}`),
    ...operations.flatMap(({ parameters }) => parameters.map(({ schemaAt }) => schemaAt)),
    ...operations.flatMap(({ body, responses, otherwise }) =>
      [
        ...(body?.media ?? []),
        ...[...responses.values()].flatMap(({ media }) => media),
        ...(otherwise?.media ?? []),
      ].flatMap(({ schemaAt }) => schemaAt ?? []),
    ),
  ];
  const ajv = new Ajv2020();
  for (const place of new Set(places)) {
    const { node } = resolve(document, { $ref: `#${place}` }, '');
    expect(ajv.validateSchema(node), `${place}: ${ajv.errorsText()}`).toBe(true);
    expect(() => schemas.at(place)(null), place).not.toThrow();
  }
});

test('every example fits its schema', () => {
  for (const { at, node } of find((node) => 'schema' in node && 'example' in node)) {
    const type = at.split('/').at(-1) ?? '';
    if (type.startsWith('application~1') && !type.endsWith('json')) continue;
    expect(schemas.at(below(at, 'schema'))(node.example), at).toEqual([]);
  }
  for (const { at, node } of find((node) => Array.isArray(node.examples))) {
    for (const example of node.examples as unknown[]) {
      expect(schemas.at(at)(example), at).toEqual([]);
    }
  }
});

test('every object is closed, or a part of one that is, or says that it is open', () => {
  const parts = new Set(
    find(({ allOf }) => Array.isArray(allOf)).flatMap(({ at, node }) =>
      (node.allOf as (Reference | object)[]).map(
        (part, index) => resolve(document, part, below(at, 'allOf', index)).at,
      ),
    ),
  );
  const open = find(
    (node) =>
      (node.type === 'object' || Array.isArray(node.allOf)) &&
      !('additionalProperties' in node) &&
      !('unevaluatedProperties' in node),
  ).map(({ at }) => at);
  expect(open.filter((at) => !parts.has(at))).toEqual(['/components/schemas/GateProblem']);
});

test('every limit has a default', () => {
  for (const { id, parameters } of operations) {
    const limit = parameters.find(({ name }) => name === 'limit');
    if (limit) expect(limit.default, id).toEqual(expect.any(Number));
  }
});

test('every operation declares, as its default, the problems that any operation may have', () => {
  for (const { id, otherwise } of operations) expect(otherwise, id).not.toBeNull();
});
