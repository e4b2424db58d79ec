/** The operations of the contract, each with an address and a body to call it at. */

import { document } from 'holdfast:contract';
import {
  below,
  type OpenApiDocument,
  type RequestBodyNode,
  resolve,
} from '../../src/contract/document.ts';
import { type Method, type Operation, operationsOf } from '../../src/contract/operations.ts';

export const operations: readonly Operation[] = operationsOf(document);

/** Names of things that no test has made; `names` says what to name instead. */
const nothing: Record<string, string> = {
  product: 'nothing',
  version: '1.0',
  incident: 'HF-1999-0001',
  check: 'nothing',
  driver: 'nothing',
  proposal: '999999',
  waiver: '999999',
  hold: '999999',
  override: '999999',
  decision: '999999',
  token: '999999',
  webhook: '999999',
  delivery: '999999',
  gap: 'checks_never_run',
};

export function addressOf({ path }: Operation, names: Record<string, string> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const value = names[name] ?? nothing[name];
    if (value === undefined) throw new Error(`Say here what to put for {${name}} of ${path}.`);
    return value;
  });
}

/** The contract's own example of a request, where the operation takes a body. */
export function exampleRequest(operation: Operation): {
  method: Method;
  body?: string;
  mediaType?: string;
} {
  const { method, body } = operation;
  const mediaType = body?.media[0]?.mediaType;
  if (mediaType === undefined) return { method };
  const example = requestBodyOf(document, operation).content[mediaType]?.example;
  return {
    method,
    mediaType,
    body: typeof example === 'string' ? example : JSON.stringify(example),
  };
}

function requestBodyOf(
  document: OpenApiDocument,
  { path, method, id }: Operation,
): RequestBodyNode {
  const node = document.paths[path]?.[method.toLowerCase() as Lowercase<Method>]?.requestBody;
  if (!node) throw new Error(`${id} has no body.`);
  return resolve(document, node, below('', 'paths', path)).node;
}
