/** The part of openapi.yaml that this folder reads, and how its references are followed. */

/** Where something stands in the document, as a JSON pointer: `/paths/~1v1~1products/get`. */
export type Location = string;

export interface Reference {
  $ref: string;
}

export type SchemaNode =
  | Reference
  | {
      readonly [keyword: string]: unknown;
      type?: string | readonly string[];
      items?: SchemaNode;
    };

export interface ParameterNode {
  name: string;
  in: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  schema?: SchemaNode;
}

export interface ContentNode {
  [mediaType: string]: { schema?: SchemaNode; example?: unknown };
}

export interface RequestBodyNode {
  required?: boolean;
  content: ContentNode;
}

export interface ResponseNode {
  headers?: { [name: string]: Reference | { required?: boolean } };
  content?: ContentNode;
}

export type SecurityNode = readonly { readonly [scheme: string]: readonly string[] }[];

export interface OperationNode {
  operationId?: string;
  summary?: string;
  parameters?: readonly (Reference | ParameterNode)[];
  requestBody?: Reference | RequestBodyNode;
  responses: { [status: string]: Reference | ResponseNode };
  security?: SecurityNode;
  /** Largest body in bytes, where the house's limit does not fit. */
  'x-bytes-max'?: number;
}

export interface PathNode {
  parameters?: readonly (Reference | ParameterNode)[];
  get?: OperationNode;
  put?: OperationNode;
  post?: OperationNode;
  delete?: OperationNode;
  patch?: OperationNode;
}

/** openapi.yaml, parsed, as far as this folder reads it. Only references within the document. */
export interface OpenApiDocument {
  paths: { [path: string]: PathNode };
  components?: { [section: string]: { [name: string]: unknown } };
  security?: SecurityNode;
}

/** The node that a reference leads to, however many steps away, and where it stands. */
export function resolve<T extends object>(
  document: OpenApiDocument,
  node: Reference | T,
  at: Location,
): { node: T; at: Location } {
  if (!('$ref' in node)) return { node, at };
  const { $ref } = node;
  if (!$ref.startsWith('#/')) throw new Error(`openapi.yaml: ${$ref} leaves the document.`);
  let target: unknown = document;
  for (const part of $ref.slice(2).split('/')) {
    target = (target as Record<string, unknown> | undefined)?.[
      part.replaceAll('~1', '/').replaceAll('~0', '~')
    ];
  }
  if (typeof target !== 'object' || target === null) {
    throw new Error(`openapi.yaml: nothing stands at ${$ref}.`);
  }
  return resolve(document, target as Reference | T, $ref.slice(1));
}

/** A location one or more steps further down. */
export function below(at: Location, ...steps: readonly (string | number)[]): Location {
  return [
    at,
    ...steps.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1')),
  ].join('/');
}
