/** The sentence for each keyword of JSON Schema that a value can break. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import { didYouMean } from './did-you-mean.ts';
import { knownFields, type Referenced, unknownField } from './known-fields.ts';
import { fieldInWords, inWords, valuesInWords } from './schema-words.ts';
import { respelled } from './spelling.ts';

/** A sentence without its subject, which is the field that the fault points at. */
export function detailOf(error: ErrorObject, referenced: Referenced): string {
  const { params, data } = error;
  switch (error.keyword) {
    case 'type':
      return `must be ${typeNames(params.type)}, not ${shown(data)}${quotes(params.type, data)}`;
    case 'enum':
      return `must be one of: ${choice(error)}`;
    case 'const':
      return `must be ${word(params.allowedValue)}`;
    case 'required':
    case 'dependentRequired':
      return required(error, referenced);
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknown(error, referenced);
    case 'minLength':
      return params.limit === 1
        ? 'must not be empty'
        : `must have at least ${params.limit} characters`;
    case 'maxLength':
      return `must have at most ${params.limit} characters`;
    case 'pattern':
      if (params.pattern === '\\S') return 'must not be blank';
      return `${named(error)}${form(error)}${example(error)}${otherSpelling(error)}`;
    case 'format':
      return formats[String(params.format)] ?? `must be a valid ${params.format}`;
    case 'minimum':
      return `must be at least ${params.limit}`;
    case 'maximum':
      return `must be at most ${params.limit}`;
    case 'exclusiveMinimum':
      return `must be more than ${params.limit}`;
    case 'exclusiveMaximum':
      return `must be less than ${params.limit}`;
    case 'multipleOf':
      return `must be a multiple of ${params.multipleOf}`;
    case 'minItems':
      return params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} items`;
    case 'maxItems':
      return `must have at most ${params.limit} items, not ${(data as unknown[]).length}`;
    case 'uniqueItems':
      return `must not repeat an item: ${params.j} and ${params.i} are the same`;
    case 'minProperties':
      return params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} fields`;
    case 'maxProperties':
      return `must have at most ${params.limit} fields`;
    case 'oneOf':
    case 'anyOf':
      return params.passingSchemas
        ? 'must be one of several things, but fits more than one of them'
        : 'must be one of several things, and fits none of them';
    case 'not':
    case 'false schema':
      return 'is not allowed here';
    default:
      return error.message ?? `breaks ${error.keyword}`;
  }
}

function required({ params, parentSchema }: ErrorObject, referenced: Referenced): string {
  const words = fieldInWords(parentSchema, String(params.missingProperty), referenced);
  return words === null ? 'is required' : `is required: ${words}`;
}

/** The values with what they mean, unless it is plain which of them was meant. */
function choice({ params, data, parentSchema }: ErrorObject): string {
  const { allowedValues } = params;
  const near = suggestion(data, allowedValues);
  if (near !== '') return list(allowedValues) + near;
  return valuesInWords(parentSchema, allowedValues) ?? list(allowedValues);
}

/** People read words, not regular expressions. */
function form({ params, parentSchema }: ErrorObject): string {
  const words = inWords(parentSchema);
  return words === null ? `must match ${params.pattern}` : `must be ${words}`;
}

function otherSpelling({ params, data }: ErrorObject): string {
  const right = typeof data === 'string' ? respelled(data, String(params.pattern)) : null;
  return right === null ? '' : `; did you mean ${word(right)}?`;
}

/** YAML takes 7.40 for a number. */
function quotes(types: string | readonly string[], data: unknown): string {
  const unquoted = typeof data === 'number' || typeof data === 'boolean';
  return unquoted && [types].flat().includes('string') ? ': put it in quotes' : '';
}

function unknown(error: ErrorObject, referenced: Referenced): string {
  const name = unknownField(error, referenced);
  if (name === null) return `${word(error.params.unevaluatedProperty)} does not belong here`;
  const known = knownFields(error.parentSchema, referenced);
  const near = didYouMean(name, known);
  if (near) return `unknown field ${word(name)}; did you mean ${word(near)}?`;
  if (known.length === 0) return `unknown field ${word(name)}; no field is known here`;
  return `unknown field ${word(name)}; the fields are: ${list(known)}`;
}

const formats: Readonly<Record<string, string>> = {
  'date-time': 'must be an instant as in RFC 3339, for example 2024-07-19T04:09:00Z',
  date: 'must be a day of the calendar, for example 2024-07-19',
  uri: 'must be a whole address, for example https://example.com/report',
  'uri-reference': 'must be an address, whole or relative',
  email: 'must be an e-mail address, for example someone@example.com',
  uuid: 'must be a UUID, for example 9f0b2d8e-5c39-4bb8-8a4e-2a0f3b1c7d65',
};

function named(error: ErrorObject): string {
  return error.propertyName === undefined ? '' : `has the name ${word(error.propertyName)}, which `;
}

function example(error: ErrorObject): string {
  const { examples, example: single } = error.parentSchema ?? {};
  const first = Array.isArray(examples) ? examples[0] : single;
  return typeof first === 'string' ? `, for example ${first}` : '';
}

function suggestion(data: unknown, allowed: readonly unknown[]): string {
  if (typeof data !== 'string') return '';
  const near = didYouMean(
    data,
    allowed.filter((value) => typeof value === 'string'),
  );
  return near ? `; did you mean ${word(near)}?` : '';
}

function typeNames(types: string | readonly string[]): string {
  const names = [types].flat().map(typeName);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : `${names[0]}`;
}

function typeName(type: string): string {
  if (type === 'null') return 'null';
  if (type === 'boolean') return 'true or false';
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `the text ${word(value)}`;
  if (typeof value === 'boolean' || value === null) return String(value);
  return typeName(Array.isArray(value) ? 'array' : typeof value);
}

function list(values: readonly unknown[]): string {
  const shown = values
    .slice(0, 40)
    .map((value) => (typeof value === 'string' ? value : word(value)));
  return shown.join(', ') + (values.length > shown.length ? ', …' : '');
}

/** As the caller would write it, cut where it is long. */
function word(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
