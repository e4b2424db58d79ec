/** A small contract of its own, so that the loop is tested without Holdfast's. */
import { Hono } from 'hono';
import { expect } from 'vitest';
import type { Caller, Credentials, InvalidCredentials } from '../../src/contract/caller.ts';
import type { OpenApiDocument } from '../../src/contract/document.ts';
import { mountDocument } from '../../src/contract/mount-document.ts';
import type { Problem } from '../../src/contract/problems.ts';
import type { AnyHandler, AnyRequest, Surroundings } from '../../src/contract/serve-operation.ts';

const note = { $ref: '#/components/parameters/Note' };
const done = {
  description: 'Done.',
  content: { 'application/json': { schema: { type: 'object' } } },
};

export const notes = {
  paths: {
    '/v1/notes/{note}': {
      parameters: [note],
      get: { operationId: 'getNote', responses: { 200: done }, security: [{}] },
      put: {
        operationId: 'putNote',
        summary: 'Write a note',
        parameters: [{ name: 'If-Match', in: 'header', schema: { type: 'string', minLength: 3 } }],
        requestBody: { $ref: '#/components/requestBodies/Note' },
        responses: { 200: { $ref: '#/components/responses/Note' } },
        security: [{ token: ['engineer'] }, { token: ['admin'] }],
      },
      patch: {
        operationId: 'patchNote',
        requestBody: {
          content: {
            'application/merge-patch+json': { schema: { type: 'object' } },
            'application/json': { schema: { type: 'object' } },
          },
        },
        responses: { 200: done },
        security: [{ token: [] }],
      },
    },
    '/v1/notes/{note}/scan': {
      parameters: [note],
      post: {
        operationId: 'scanNote',
        'x-bytes-max': 100_000,
        requestBody: {
          required: true,
          content: { 'application/xml': { schema: { type: 'string' } } },
        },
        responses: { 200: done },
        security: [{}],
      },
    },
    '/v1/notes/{note}/seal': {
      parameters: [note],
      post: { operationId: 'sealNote', responses: { 204: {} }, security: [{}] },
    },
    '/v1/notes/newest': {
      get: { operationId: 'getNewestNote', responses: { 200: done } },
    },
    '/v1/notes': {
      get: {
        operationId: 'listNotes',
        parameters: [
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 9, default: 5 },
          },
          {
            name: 'tag',
            in: 'query',
            schema: { type: 'array', maxItems: 3, items: { type: 'string', maxLength: 4 } },
          },
          { name: 'open', in: 'query', schema: { type: 'boolean' } },
          { name: 'weight', in: 'query', schema: { type: 'number', maximum: 1 } },
          { name: 'since', in: 'query', schema: { $ref: '#/components/schemas/Instant' } },
          { name: 'author', in: 'query', required: true, schema: { type: 'string' } },
        ],
        responses: { 200: done },
        security: [{}],
      },
    },
  },
  components: {
    parameters: {
      Note: { name: 'note', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } },
    },
    requestBodies: {
      Note: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/NoteInput' } } },
      },
    },
    responses: {
      Note: {
        headers: { ETag: { required: true } },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/NoteInput' } } },
      },
    },
    schemas: {
      Instant: { type: 'string', format: 'date-time' },
      NoteFacts: {
        type: 'object',
        required: ['title', 'severity'],
        properties: {
          title: { type: 'string', minLength: 1, pattern: '\\S' },
          severity: { type: 'string', enum: ['sev1', 'sev2', 'sev3'] },
          tags: { type: 'array', maxItems: 100, items: { type: 'string', minLength: 1 } },
          crew: { type: 'array', minItems: 1, items: { type: 'string' } },
          at: { oneOf: [{ $ref: '#/components/schemas/Instant' }, { type: 'null' }] },
          source: { oneOf: [{ $ref: '#/components/schemas/Source' }, { type: 'null' }] },
          sources: { type: 'array', items: { $ref: '#/components/schemas/Source' } },
          album: { oneOf: [{ $ref: '#/components/schemas/Album' }, { type: 'null' }] },
          pairs: {
            type: 'object',
            propertyNames: { pattern: '^[a-z]+$' },
            additionalProperties: { type: 'string' },
          },
        },
      },
      NoteInput: {
        allOf: [
          { $ref: '#/components/schemas/NoteFacts' },
          {
            type: 'object',
            properties: { version: { type: 'string', examples: ['1.2'], pattern: '^\\d' } },
          },
        ],
        unevaluatedProperties: false,
      },
      Album: {
        type: 'object',
        properties: { sources: { type: 'array', items: { $ref: '#/components/schemas/Source' } } },
      },
      Source: {
        oneOf: [{ $ref: '#/components/schemas/Book' }, { $ref: '#/components/schemas/Page' }],
      },
      Book: {
        type: 'object',
        required: ['kind', 'isbn'],
        additionalProperties: false,
        properties: { kind: { const: 'book' }, isbn: { type: 'string' } },
      },
      Page: {
        type: 'object',
        required: ['kind', 'url'],
        additionalProperties: false,
        properties: { kind: { const: 'page' }, url: { type: 'string', format: 'uri' } },
      },
    },
  },
  security: [{ token: ['reader'] }],
} as const satisfies OpenApiDocument;

/** `Bearer engineer` is an engineer; anything else that claims to be a token is invalid. */
async function authenticate({ authorization }: Credentials): Promise<Caller | InvalidCredentials> {
  if (authorization === null) return { kind: 'anonymous' };
  const role = /^Bearer (reader|engineer|pipeline)$/.exec(authorization)?.[1];
  if (!role) return { kind: 'invalid', detail: 'Nobody has this token.' };
  return { kind: 'token', tokenId: '1', name: 'Kim', role: role as 'reader', products: null };
}

/**
 * The notes mounted: every operation answers 200 with what its handler was given, unless `handlers` says otherwise.
 * `calls` are the requests that reached a handler.
 */
export function notesApp(
  handlers: Readonly<Record<string, AnyHandler>> = {},
  surroundings: Partial<Surroundings> = {},
) {
  const app = new Hono();
  const calls: AnyRequest[] = [];
  const logged: object[] = [];
  const echo: AnyHandler = async (request) => {
    calls.push(request);
    const { path, query, headers, mediaType, body, caller } = request;
    return { status: 200, body: { path, query, headers, mediaType, body, caller } };
  };
  const all = [
    'getNote',
    'putNote',
    'patchNote',
    'scanNote',
    'sealNote',
    'getNewestNote',
    'listNotes',
  ];
  mountDocument(
    app,
    notes,
    { ...Object.fromEntries(all.map((id) => [id, echo])), ...handlers },
    {
      authenticate,
      log: { error: (fields) => logged.push(fields) },
      ...surroundings,
    },
  );
  return { app, calls, logged };
}

/** The problem that a response carries. */
export async function problemOf(response: Response): Promise<Required<Problem>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await response.json()) as Required<Problem>;
  expect(problem.status).toBe(response.status);
  return problem;
}

/** Puts a note as an engineer would, with this text or this value as the body. */
export function putting(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'PUT',
    headers: { authorization: 'Bearer engineer', 'content-type': 'application/json', ...headers },
    body:
      typeof body === 'string' || body instanceof Uint8Array
        ? (body as string)
        : JSON.stringify(body),
  };
}
