/** Reads the parameters of a request: decoded by their declared type, then held against their schemas. */
import type { HonoRequest } from 'hono';
import { contractReference } from './ajv.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Fault } from './faults.ts';
import type { Operation, Parameter, ScalarType } from './operations.ts';
import type { ProblemFault } from './problems.ts';
import { readQuery } from './query-string.ts';
import type { Schemas } from './schemas.ts';

/** By name; a parameter that is absent and has no default is left out. */
export interface ParameterValues {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
}

export interface ParameterReading {
  values: ParameterValues;
  /** Empty where every parameter is as declared. */
  faults: readonly ProblemFault[];
}

const none: ReadonlyMap<string, readonly string[]> = new Map();

export function parameterReader(
  operation: Operation,
  schemas: Schemas,
): (request: HonoRequest) => ParameterReading {
  const of = (where: Parameter['in']) => operation.parameters.filter((one) => one.in === where);
  const [inPath, inQuery, inHeader] = [of('path'), of('query'), of('header')];
  const queryNames = inQuery.map(({ name }) => name);
  const validate = schemas.of({
    type: 'object',
    properties: { path: group(inPath), query: group(inQuery), headers: group(inHeader) },
  });

  return (request) => {
    const faults: ProblemFault[] = [];
    const values: ParameterValues = { path: {}, query: {}, headers: {} };

    if (!isWellEncoded(request.path)) {
      faults.push({ detail: 'The address is not percent-encoded UTF-8' });
    }
    // No database keeps it, so nothing can be found by it.
    if (request.url.includes('%00')) faults.push({ detail: 'The address must not hold U+0000' });
    for (const parameter of inPath) {
      values.path[parameter.name] = decode(request.param(parameter.name) ?? '', parameter.type);
    }

    const query = readQuery(request.url);
    if (!query) faults.push({ detail: 'The query is not percent-encoded UTF-8' });
    for (const name of (query ?? none).keys()) {
      if (!queryNames.includes(name)) faults.push(unknownParameter(name, queryNames));
    }
    for (const parameter of inQuery) {
      const texts = query?.get(parameter.name);
      if (texts && texts.length > 1 && !parameter.many) {
        faults.push({ parameter: parameter.name, detail: 'must be given once' });
      }
      put(values.query, parameter, texts);
    }

    for (const parameter of inHeader) {
      const text = request.header(parameter.name);
      put(values.headers, parameter, text === undefined ? undefined : [text]);
    }

    return { values, faults: [...faults, ...validate(values).map(faultOfParameter)] };
  };
}

/** The schema of all parameters in one place. */
function group(parameters: readonly Parameter[]): object {
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(({ name, schemaAt }) => [name, contractReference(schemaAt)]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

function put(
  values: Record<string, unknown>,
  { name, many, type, default: absent }: Parameter,
  texts: readonly string[] | undefined,
): void {
  const [first] = texts ?? [];
  if (!texts || first === undefined) {
    if (absent !== undefined) values[name] = absent;
  } else {
    values[name] = many ? texts.map((text) => decode(text, type)) : decode(first, type);
  }
}

/** The value that the text stands for; the text itself where it stands for none, which the schema then refuses. */
function decode(text: string, type: ScalarType): unknown {
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'integer':
      return /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
    case 'number':
      return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text) ? Number(text) : text;
  }
}

function isWellEncoded(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function unknownParameter(name: string, known: readonly string[]): ProblemFault {
  const near = didYouMean(name, known);
  const advice = near
    ? `did you mean '${near}'?`
    : known.length > 0
      ? `the parameters are: ${known.join(', ')}`
      : 'there are none here';
  return { parameter: name.slice(0, 100), detail: `unknown parameter; ${advice}` };
}

/** `/query/variant/1` is the second value of the parameter `variant`. */
function faultOfParameter({ pointer, detail }: Fault): ProblemFault {
  const [, , parameter = '', index] = pointer.split('/');
  return {
    parameter,
    detail: index === undefined ? detail : `value ${Number(index) + 1} ${detail}`,
  };
}
