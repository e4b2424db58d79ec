/** openapi.yaml as far as the page about it reads it: what is written there for people. */
import { document } from 'holdfast:contract';
import { type Access, accessOf } from '../../contract/access.ts';
import {
  type ParameterNode,
  type Reference,
  resolve,
  type SecurityNode,
} from '../../contract/document.ts';
import { type Method, methods } from '../../contract/operations.ts';

/** A schema, of the keywords that openapi.yaml uses. */
export interface SchemaText {
  $ref?: string;
  description?: string;
  type?: string | readonly string[];
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Readonly<Record<string, SchemaText | false>>;
  required?: readonly string[];
  items?: SchemaText;
  allOf?: readonly SchemaText[];
  oneOf?: readonly SchemaText[];
  additionalProperties?: boolean | SchemaText;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  examples?: readonly unknown[];
}

interface MediaText {
  schema?: SchemaText;
  example?: unknown;
}

export interface ParameterText extends ParameterNode {
  description?: string;
  example?: unknown;
}

export interface ResponseText {
  status: string;
  description: string;
  headers: readonly string[];
  content: readonly (readonly [mediaType: string, media: MediaText])[];
}

export interface OperationText {
  id: string;
  method: Method;
  path: string;
  tag: string;
  summary: string;
  description: string;
  access: Access;
  parameters: readonly ParameterText[];
  body: { description: string; content: readonly (readonly [string, MediaText])[] } | null;
  /** By status, without the problems that every operation may have. */
  responses: readonly ResponseText[];
}

export interface ContractText {
  version: string;
  description: string;
  tags: readonly { name: string; description: string }[];
  /** In the order in which they are written. */
  operations: readonly OperationText[];
  schemas: Readonly<Record<string, SchemaText>>;
}

interface WrittenOperation {
  operationId: string;
  tags: readonly [string];
  summary: string;
  description: string;
  security?: SecurityNode;
  parameters?: readonly (Reference | ParameterText)[];
  requestBody?: { description: string; content: Record<string, MediaText> };
  responses: Record<string, Reference | WrittenResponse>;
}

interface WrittenResponse {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, MediaText>;
}

interface Written {
  info: { version: string; description: string };
  tags: ContractText['tags'];
  security: SecurityNode;
  paths: Record<
    string,
    { parameters?: WrittenOperation['parameters'] } & Partial<
      Record<Lowercase<Method>, WrittenOperation>
    >
  >;
  components: { schemas: ContractText['schemas'] };
}

export function contractText(): ContractText {
  const written = document as unknown as Written;
  const operations = Object.entries(written.paths).flatMap(([path, here]) =>
    methods.flatMap((method) => {
      const operation = here[method.toLowerCase() as Lowercase<Method>];
      if (!operation) return [];
      const parameters = [...(here.parameters ?? []), ...(operation.parameters ?? [])];
      return [operationText(method, path, operation, parameters, written.security)];
    }),
  );
  const { info, tags, components } = written;
  return { ...info, tags, operations, schemas: components.schemas };
}

/** The first paragraph of what is said of a schema, or of the one that it refers to; null where nothing is. */
export function introductionOf(schema: SchemaText): string | null {
  const { description } = followed<SchemaText>(schema as Reference | SchemaText);
  return description?.split('\n\n')[0] ?? null;
}

function operationText(
  method: Method,
  path: string,
  operation: WrittenOperation,
  parameters: readonly (Reference | ParameterText)[],
  security: SecurityNode,
): OperationText {
  const { operationId, tags, summary, description, requestBody, responses } = operation;
  return {
    id: operationId,
    method,
    path,
    tag: tags[0],
    summary,
    description,
    access: accessOf(operationId, operation.security ?? security),
    parameters: parameters.map((parameter) => followed<ParameterText>(parameter)),
    body: requestBody
      ? { description: requestBody.description, content: Object.entries(requestBody.content) }
      : null,
    responses: Object.entries(responses)
      .filter(([status]) => status !== 'default')
      .map(([status, response]) => responseText(status, followed<WrittenResponse>(response))),
  };
}

function responseText(status: string, { description, headers, content }: WrittenResponse) {
  return {
    status,
    description,
    headers: Object.keys(headers ?? {}),
    content: Object.entries(content ?? {}),
  };
}

function followed<T extends object>(node: Reference | T): T {
  return resolve<T>(document, node, '').node;
}
