/** The operations of openapi.yaml, each with its references followed, as the mount loop and its tests use them. */
import { type Access, accessOf } from './access.ts';
import {
  below,
  type ContentNode,
  type Location,
  type OpenApiDocument,
  type OperationNode,
  type ParameterNode,
  type PathNode,
  type ResponseNode,
  resolve,
} from './document.ts';
import { isJson } from './media-type.ts';

export const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;

export type Method = (typeof methods)[number];

/** How a parameter's text is decoded before it is validated. */
export type ScalarType = 'string' | 'integer' | 'number' | 'boolean';

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  /** One value, or a list in which every value stands under its own `name=`. */
  many: boolean;
  type: ScalarType;
  /** What an absent parameter means; undefined where the contract says nothing. */
  default: unknown;
  schemaAt: Location;
}

export interface Media {
  mediaType: string;
  /** Null where the bytes are handed on as they come: what is not JSON, and JSON declared as `format: binary`. */
  schemaAt: Location | null;
}

export interface DeclaredResponse {
  media: readonly Media[];
  /** Names of headers that are always there. */
  requiredHeaders: readonly string[];
}

/** One operation with every reference resolved. */
export interface Operation {
  id: string;
  /** What it does, for people: `Approve a waiver`. */
  summary: string;
  method: Method;
  /** As written: `/v1/products/{product}`. */
  path: string;
  access: Access;
  parameters: readonly Parameter[];
  body: { required: boolean; media: readonly Media[]; bytesMax: number } | null;
  /** By status. */
  responses: ReadonlyMap<number, DeclaredResponse>;
  /** What every other status answers with. */
  otherwise: DeclaredResponse | null;
}

/** Applies where an operation does not say `x-bytes-max`. */
export const bodyBytesMax = 1024 * 1024;

/**
 * Every operation of the document, in its order.
 * Throws for whatever the loop could not honour (an operation without an id, an unknown role, a parameter style), so
 * that a promise of the contract that nobody keeps stops the start.
 */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const node = item[method.toLowerCase() as Lowercase<Method>];
      if (node) operations.push(operationOf(document, path, item, method, node));
    }
  }
  const ids = operations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new Error(`openapi.yaml: two operations are called ${twice}.`);
  return operations;
}

function operationOf(
  document: OpenApiDocument,
  path: string,
  item: PathNode,
  method: Method,
  node: OperationNode,
): Operation {
  const itemAt = below('', 'paths', path);
  const at = below(itemAt, method.toLowerCase());
  const id = node.operationId;
  if (!id) throw new Error(`openapi.yaml: ${method} ${path} has no operationId.`);

  const parameters = new Map<string, Parameter>();
  for (const [owner, ownerAt] of [
    [item, itemAt],
    [node, at],
  ] as const) {
    for (const [index, declared] of (owner.parameters ?? []).entries()) {
      const found = resolve(document, declared, below(ownerAt, 'parameters', index));
      const parameter = parameterOf(document, id, found.node, found.at);
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }

  const responses = new Map<number, DeclaredResponse>();
  let otherwise: DeclaredResponse | null = null;
  for (const [status, declared] of Object.entries(node.responses)) {
    const found = resolve(document, declared, below(at, 'responses', status));
    const response = responseOf(document, found.node, found.at);
    if (status === 'default') otherwise = response;
    else if (/^[1-5]\d\d$/.test(status)) responses.set(Number(status), response);
    else throw new Error(`openapi.yaml: ${id} declares ${status}; name each status.`);
  }

  return {
    id,
    summary: node.summary ?? id,
    method,
    path,
    access: accessOf(id, node.security ?? document.security ?? []),
    parameters: [...parameters.values()],
    body: bodyOf(document, node, at),
    responses,
    otherwise,
  };
}

function parameterOf(
  document: OpenApiDocument,
  id: string,
  node: ParameterNode,
  at: Location,
): Parameter {
  const where = node.in;
  if (where !== 'path' && where !== 'query' && where !== 'header') {
    throw new Error(`openapi.yaml: ${id} takes ${node.name} in ${where}, which nobody reads.`);
  }
  if (node.style !== undefined || node.explode !== undefined || !node.schema) {
    throw new Error(`openapi.yaml: ${node.name} of ${id} needs a schema and the default style.`);
  }
  const schemaAt = below(at, 'schema');
  const schema = resolve(document, node.schema, schemaAt).node;
  const many = schema.type === 'array';
  if (many && where !== 'query') {
    throw new Error(`openapi.yaml: ${node.name} of ${id} is a list outside the query.`);
  }
  const single = many ? resolve(document, schema.items ?? {}, schemaAt).node : schema;
  const type = single.type;
  if (type !== 'string' && type !== 'integer' && type !== 'number' && type !== 'boolean') {
    throw new Error(`openapi.yaml: ${node.name} of ${id} needs one plain type.`);
  }
  return {
    name: node.name,
    in: where,
    required: node.required ?? false,
    many,
    type,
    default: schema.default,
    schemaAt,
  };
}

function bodyOf(document: OpenApiDocument, node: OperationNode, at: Location): Operation['body'] {
  if (!node.requestBody) return null;
  const found = resolve(document, node.requestBody, below(at, 'requestBody'));
  return {
    required: found.node.required ?? false,
    media: mediaOf(document, found.node.content, found.at),
    bytesMax: node['x-bytes-max'] ?? bodyBytesMax,
  };
}

function responseOf(document: OpenApiDocument, node: ResponseNode, at: Location): DeclaredResponse {
  return {
    media: mediaOf(document, node.content ?? {}, at),
    requiredHeaders: Object.entries(node.headers ?? {})
      .filter(
        ([name, header]) => resolve(document, header, below(at, 'headers', name)).node.required,
      )
      .map(([name]) => name),
  };
}

function mediaOf(document: OpenApiDocument, content: ContentNode, at: Location): Media[] {
  return Object.entries(content).map(([mediaType, { schema }]) => {
    const schemaAt = below(at, 'content', mediaType, 'schema');
    const declared = schema && resolve(document, schema, schemaAt).node;
    const isBytes = declared?.type === 'string' && declared.format === 'binary';
    return { mediaType, schemaAt: isJson(mediaType) && !isBytes ? schemaAt : null };
  });
}
