/** Makes values that fit a schema of the contract, for fast-check to choose from. */
import fc from 'fast-check';
import { type Schema, schemaOf } from './full-body.ts';

/** Instants across all years and offsets that the contract takes. */
const instants = fc
  .record({
    at: fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
    fraction: fc.constantFrom('', '.5', '.123456', '.999999999'),
    offset: fc.constantFrom('Z', '+00:00', '+14:00', '-12:00', '+05:30', '-23:59'),
  })
  .map(({ at, fraction, offset }) => `${at.toISOString().slice(0, 19)}${fraction}${offset}`);

const versions = fc
  .array(fc.nat({ max: 99_999 }), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('.'));

const ranges = fc
  .tuple(fc.constantFrom('>=', '>', '<', '<=', '', '!='), versions)
  .map(([comparator, version]) => `vers:intdot/${comparator}${version}`);

/**
 * `known` are names of what is on record, by the field's name, or by `name/0` for the items of a list: they are taken
 * most of the time, since little happens where nothing is found.
 */
export function fitting(
  node: object,
  known: Readonly<Record<string, unknown>>,
  name = '',
): fc.Arbitrary<unknown> {
  const schema = schemaOf(node);
  const anything = ofSchema(schema, known, name);
  const given = known[name];
  return given !== undefined && typeof given !== 'symbol'
    ? fc.oneof({ weight: 4, arbitrary: fc.constant(given) }, { weight: 1, arbitrary: anything })
    : anything;
}

function ofSchema(
  schema: Schema,
  known: Readonly<Record<string, unknown>>,
  name: string,
): fc.Arbitrary<unknown> {
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((branch) => fitting(branch, known, name)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => ofType({ ...schema, type }, known, name)));
}

function ofType(
  schema: Schema & { type: string },
  known: Readonly<Record<string, unknown>>,
  name: string,
): fc.Arbitrary<unknown> {
  const { minimum = -1e6, maximum = 1e6 } = schema;
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: Math.min(maximum, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'string':
      return texts(schema);
    case 'array':
      return lists(schema, known, name);
    default:
      return objects(schema, known);
  }
}

function texts({ format, pattern, minLength = 0, maxLength = 1000 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return instants;
  if (format === 'date') return instants.map((instant) => instant.slice(0, 10));
  if (format === 'uri') return fc.webUrl({ withQueryParameters: true, validSchemes: ['https'] });
  if (pattern?.startsWith('^vers:')) return ranges;
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 50) });
  if (pattern === undefined) return fc.oneof(versions, plain);
  return pattern === '\\S'
    ? plain.map((text) => `x${text}`)
    : fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= maxLength);
}

function lists(
  { items = {}, minItems = 0, maxItems = 3, uniqueItems = false }: Schema,
  known: Readonly<Record<string, unknown>>,
  name: string,
): fc.Arbitrary<unknown[]> {
  const item = fitting(items, known, `${name}/0`);
  const length = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) };
  return uniqueItems
    ? fc.uniqueArray(item, { ...length, selector: (value) => JSON.stringify(value) })
    : fc.array(item, length);
}

function objects(
  { properties = {}, required = [], additionalProperties }: Schema,
  known: Readonly<Record<string, unknown>>,
): fc.Arbitrary<object> {
  if (typeof additionalProperties === 'object') {
    const names = fc.constantFrom('os', 'arch', 'build');
    return fc.dictionary(names, fitting(additionalProperties, known), { minKeys: 1 });
  }
  const fields = Object.entries(properties).flatMap(([name, node]) =>
    node === false ? [] : [[name, fitting(node, known, name)] as const],
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as never[] });
}
