/** Holds every response of a test against the contract, and notes which operation answered with which status. */

import { document } from 'holdfast:contract';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Hono } from 'hono';
import { mediaTypeOf } from '../../src/contract/media-type.ts';
import {
  type DeclaredResponse,
  type Operation,
  operationsOf,
} from '../../src/contract/operations.ts';
import { mostFixedFirst } from '../../src/contract/routes.ts';
import { schemasOf, type Validator } from '../../src/contract/schemas.ts';
import { coverageFolderVariable, everywhereStatuses } from './contract-gaps.ts';

const operations = operationsOf(document);
const schemas = schemasOf(document);
const paths = mostFixedFirst(Object.keys(document.paths)).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/**
 * `app.request`, with every answer held against the contract first. Pages and other addresses that the contract does
 * not know pass as they are, but for problems.
 */
export function contractRequest(
  app: Pick<Hono, 'request'>,
): (address: string, init?: RequestInit) => Promise<Response> {
  return async (address, init) => {
    const response = await app.request(address, init);
    await observe(init?.method ?? 'GET', address, response);
    return response;
  };
}

/** The same for a response that came another way, such as from a real process. It can be read afterwards. */
export async function observe(method: string, address: string, response: Response): Promise<void> {
  const seen = await holdAgainstContract(method, address, response);
  if (seen) note(`${seen} ${response.status}`);
}

/**
 * Throws where the response is none that the contract declares for this call. Gives the operation's id, `everywhere`
 * for another address under `/v1`, or null for one that the contract does not speak of.
 */
export async function holdAgainstContract(
  method: string,
  address: string,
  response: Response,
): Promise<string | null> {
  const { pathname } = new URL(address, 'http://localhost');
  const path = paths.find(({ pattern }) => pattern.test(pathname))?.path;
  const asked = method === 'HEAD' ? 'GET' : method;
  const operation = operations.find((one) => one.path === path && one.method === asked);
  const answered = `${method} ${pathname} answered ${response.status}`;

  if (operation) {
    const declared = declaredFor(operation, response.status, answered);
    await hold(response, declared, answered, method === 'HEAD');
    return operation.id;
  }
  const problems = operations.find(({ otherwise }) => otherwise)?.otherwise;
  if (problems && mediaTypeOf(response.headers.get('content-type')) === problemType) {
    await hold(response, problems, answered, method === 'HEAD');
  }
  return pathname.startsWith('/v1') ? 'everywhere' : null;
}

const problemType = 'application/problem+json';

function declaredFor(operation: Operation, status: number, answered: string): DeclaredResponse {
  const declared = operation.responses.get(status);
  if (declared) return declared;
  if (operation.otherwise && everywhereStatuses.includes(status)) return operation.otherwise;
  throw new Error(`${answered}, which ${operation.id} does not declare.`);
}

async function hold(
  response: Response,
  { media, requiredHeaders }: DeclaredResponse,
  answered: string,
  bodiless = false,
): Promise<void> {
  for (const name of ['x-request-id', ...requiredHeaders]) {
    if (!response.headers.has(name)) throw new Error(`${answered} without ${name}.`);
  }
  const text = await response.clone().text();
  if (media.length === 0 || bodiless) {
    if (text !== '') throw new Error(`${answered} with a body, which it must not have.`);
    return;
  }
  const type = mediaTypeOf(response.headers.get('content-type'));
  const declared = media.find(({ mediaType }) => mediaType === type);
  if (!declared) throw new Error(`${answered} as ${type}, which is not declared.`);
  if (declared.schemaAt === null) return;

  const body: unknown = JSON.parse(text);
  const faults = validatorAt(declared.schemaAt)(body);
  if (faults.length > 0) {
    const lines = faults.map(({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`);
    throw new Error(
      `${answered} with a body that is not as declared:\n${lines.join('\n')}\n${text}`,
    );
  }
}

const validators = new Map<string, Validator>();

function validatorAt(location: string): Validator {
  const validator = validators.get(location) ?? schemas.at(location);
  validators.set(location, validator);
  return validator;
}

const noted = new Set<string>();

/** Workers write a file each; the reporter that made the folder reads them all. */
function note(line: string): void {
  const folder = process.env[coverageFolderVariable];
  if (!folder || noted.has(line)) return;
  noted.add(line);
  appendFileSync(join(folder, `${process.pid}-${threadId}`), `${line}\n`);
}
