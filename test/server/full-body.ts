/** Makes a body with every field of its schema filled, so that a test can put something hard in each place. */
import { document } from 'holdfast:contract';
import { type Reference, resolve } from '../../src/contract/document.ts';

/** A schema with its references followed and its `allOf` made one. */
export interface Schema {
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  oneOf?: readonly object[];
  items?: object;
  properties?: Readonly<Record<string, object | false>>;
  required?: readonly string[];
  additionalProperties?: object | boolean;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  examples?: readonly unknown[];
}

/** Where a value stands in a body, and what may stand there. Both branches of `x | null` are in `schemas`. */
export interface Place {
  pointer: string;
  value: unknown;
  schemas: readonly Schema[];
}

export interface FullBody {
  body: unknown;
  /** Every value of the body, from the outside in; the body itself is at the pointer ''. */
  places: readonly Place[];
}

/**
 * `fillings` says what to put where the first thing that fits the schema would be refused for its meaning: by pointer
 * (`/actions/0/causes/0`), or else by the pointer's end (`causes/0`, `ring`).
 */
export function fullBody(schemaAt: string, fillings: Readonly<Record<string, unknown>>): FullBody {
  const places: Place[] = [];
  const fill = (node: object, pointer: string): unknown => {
    const schema = schemaOf(node);
    const branches = schema.oneOf?.map(schemaOf) ?? [schema];
    const [main = schema] = branches.filter(({ type }) => type !== 'null');
    const place: Place = { pointer, value: undefined, schemas: branches };
    places.push(place);
    place.value = filled(main, pointer);
    return place.value;
  };
  const filled = (schema: Schema, pointer: string): unknown => {
    const given = fillings[pointer] ?? fillings[nameOf(pointer)];
    if (given !== undefined) return given === nothing ? null : given;
    if (schema.properties) {
      const fields = Object.entries(schema.properties).filter(([, node]) => node !== false);
      return Object.fromEntries(
        fields.map(([name, node]) => [name, fill(node as object, `${pointer}/${name}`)]),
      );
    }
    if (schema.items) {
      const { items, minItems = 1 } = schema;
      return Array.from({ length: Math.max(minItems, 1) }, (_, index) =>
        fill(items, `${pointer}/${index}`),
      );
    }
    if (typeof schema.additionalProperties === 'object') {
      const { additionalProperties, examples } = schema;
      const names = Object.keys((examples?.[0] as object | undefined) ?? { text: '' });
      return Object.fromEntries(
        names.map((name) => [name, fill(additionalProperties, `${pointer}/${name}`)]),
      );
    }
    return schema.const ?? schema.enum?.[0] ?? schema.examples?.[0] ?? plain(schema, pointer);
  };
  return { body: fill({ $ref: `#${schemaAt}` }, ''), places };
}

/** For `fillings`: null, where the schema allows something as well. */
export const nothing = Symbol('null');

export function schemaOf(node: object): Schema {
  const { node: found } = resolve<object>(document, node as Reference | object, '');
  const { allOf = [], ...own } = found as Schema & { allOf?: readonly object[] };
  const parts: Schema[] = [...allOf.map(schemaOf), own];
  const properties = Object.assign({}, ...parts.map((part) => part.properties));
  if (Object.keys(properties).length === 0) return Object.assign({}, ...parts);
  const required = parts.flatMap((part) => part.required ?? []);
  return Object.assign({}, ...parts, { properties, required });
}

/** `checks/0` for an item of a list, `check` for a field. */
function nameOf(pointer: string): string {
  return /[^/]+(\/0)?$/.exec(pointer)?.[0] ?? '';
}

const formats: Readonly<Record<string, string>> = {
  'date-time': '2024-07-19T04:09:00Z',
  date: '2024-07-19',
  uri: 'https://example.com/',
};

function plain({ type, format, minimum, pattern }: Schema, pointer: string): unknown {
  switch ([type].flat()[0]) {
    case 'string':
      return formats[format ?? ''] ?? (pattern?.includes('0-9a-f]{64}') ? 'a'.repeat(64) : 'text');
    case 'integer':
    case 'number':
      return Math.max(minimum ?? 1, 1);
    case 'boolean':
      return false;
    default:
      throw new Error(`Say what to put at ${pointer}.`);
  }
}
