/** Marks for everything internal, and the walk through the contract that shows whether a field was forgotten. */
import { document } from 'holdfast:contract';
import { type Reference, resolve } from '../../src/contract/document.ts';

interface Schema {
  type?: string | readonly string[];
  enum?: readonly unknown[];
  properties?: Record<string, Reference | Schema>;
  items?: Reference | Schema;
  allOf?: readonly (Reference | Schema)[];
  oneOf?: readonly (Reference | Schema)[];
}

/** No word of ours, no number and no hash holds one of these. */
export const marks = ['zqx', '1987-06', 'June 1987', '1987.6.5'];

/** Everything that a mark can be planted in: the places of a schema that hold text, as `timeline[].text`. */
export function textsOf(schema: string): string[] {
  return walk({ $ref: `#/components/schemas/${schema}` }, '');
}

function walk(node: Reference | Schema, at: string): string[] {
  const schema = resolve<Schema>(document, node, '').node;
  const alternatives = [...(schema.allOf ?? []), ...(schema.oneOf ?? [])];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    walk(field, at === '' ? name : `${at}.${name}`),
  );
  const items = schema.items ? walk(schema.items, `${at}[]`) : [];
  const types = [schema.type ?? []].flat();
  const here = types.includes('string') && !schema.enum ? [at] : [];
  return [
    ...new Set([...here, ...items, ...fields, ...alternatives.flatMap((one) => walk(one, at))]),
  ];
}

/** The places of a value that hold a mark, in the same notation. */
export function marksOf(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return marks.some((mark) => value.includes(mark)) ? [at] : [];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => marksOf(item, `${at}[]`)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    marksOf(field, at === '' ? name : `${at}.${name}`),
  );
}
