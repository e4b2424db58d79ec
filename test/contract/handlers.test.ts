/** What does not compile: the guarantees of the handlers' types, held by the type checker. */
import { expectTypeOf, test } from 'vitest';
import type { Caller } from '../../src/contract/caller.ts';
import type { Handler, Handlers, HandlersOf, Input, Output } from '../../src/contract/handlers.ts';
import { notModified } from '../../src/contract/if-match.ts';
import { invalidRequest, type Problem, problem } from '../../src/contract/problems.ts';
import type { RawBody } from '../../src/contract/read-body.ts';

/** As openapi-typescript writes them. */
interface NoteOperations {
  putNote: {
    parameters: {
      query?: never;
      header?: { 'If-Match'?: string };
      path: { note: string };
      cookie?: never;
    };
    requestBody: { content: { 'application/json': { title: string; tags?: string[] } } };
    responses: {
      200: {
        headers: { ETag: string; [name: string]: unknown };
        content: { 'application/json': { title: string } };
      };
      404: {
        headers: { [name: string]: unknown };
        content: { 'application/problem+json': Problem };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/problem+json': Problem };
      };
    };
  };
  listNotes: {
    parameters: {
      query?: { limit?: number; cursor?: string };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': string[]; 'text/csv': string };
      };
      304: { headers: { ETag: string; [name: string]: unknown }; content?: never };
    };
  };
  scanNote: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: { content: { 'application/json': number; 'application/xml': string } };
    responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
  };
}

type Notes = HandlersOf<NoteOperations>;

const putNote: Notes['putNote'] = async ({ path, body }) =>
  path.note === body.title
    ? { status: 200, headers: { ETag: '"1"' }, body: { title: body.title } }
    : problem('not-found', 'There is no such note.');
const listNotes: Notes['listNotes'] = async () => ({
  status: 200,
  mediaType: 'text/csv',
  body: 'a,b',
});
const scanNote: Notes['scanNote'] = async () => ({ status: 204 });

test('a handler is given what its operation declares', () => {
  type Put = Parameters<Notes['putNote']>[0];
  expectTypeOf<Put['path']>().toEqualTypeOf<{ note: string }>();
  expectTypeOf<Put['headers']['If-Match']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Put['body']>().toEqualTypeOf<{ title: string; tags?: string[] }>();
  expectTypeOf<Put['mediaType']>().toEqualTypeOf<'application/json'>();
  expectTypeOf<Put['caller']>().toEqualTypeOf<Caller>();
  expectTypeOf<keyof Put['query']>().toEqualTypeOf<never>();
});

test('a limit is always there, because the contract gives it a default', () => {
  type Query = Parameters<Notes['listNotes']>[0]['query'];
  expectTypeOf<Query['limit']>().toEqualTypeOf<number>();
  expectTypeOf<Query['cursor']>().toEqualTypeOf<string | undefined>();
});

test('the media type tells which body came, and an optional body may be missing', () => {
  type Scan = Parameters<Notes['scanNote']>[0];
  expectTypeOf<Extract<Scan, { mediaType: 'application/xml' }>['body']>().toEqualTypeOf<RawBody>();
  expectTypeOf<Extract<Scan, { mediaType: 'application/json' }>['body']>().toEqualTypeOf<number>();
  expectTypeOf<Scan['body']>().toEqualTypeOf<RawBody | number | undefined>();
});

test('a missing handler does not compile', () => {
  const whole: Notes = { putNote, listNotes, scanNote };
  // @ts-expect-error scanNote is missing.
  const partial: Notes = { putNote, listNotes };
  expectTypeOf(whole).toEqualTypeOf(partial);
});

test('an undeclared status does not compile', () => {
  // @ts-expect-error 201 is not declared.
  const created: Notes['putNote'] = async () => ({ status: 201, body: { title: 'a' } });
  // @ts-expect-error 409 is not declared.
  const conflict: Notes['putNote'] = async () => problem('conflict', 'No.');
  // @ts-expect-error 404 is not declared.
  const absent: Notes['scanNote'] = async () => problem('not-found', 'No.');
  expectTypeOf([created, conflict, absent]).toBeArray();
});

test('a problem that any operation may have compiles where the operation says `default`', () => {
  const bad: Notes['putNote'] = async () => invalidRequest([{ detail: 'Bad.' }]);
  const forbidden: Notes['putNote'] = async () => problem('forbidden', 'Only engineers.');
  // @ts-expect-error listNotes has no `default`.
  const undeclared: Notes['listNotes'] = async () => problem('forbidden', 'Only engineers.');
  expectTypeOf([bad, forbidden, undeclared]).toBeArray();
});

test('a wrong body or a missing header does not compile', () => {
  const headers = { ETag: '"1"' };
  // @ts-expect-error The title is text.
  const wrong: Notes['putNote'] = async () => ({ status: 200, headers, body: { title: 1 } });
  // @ts-expect-error The body is missing.
  const missing: Notes['putNote'] = async () => ({ status: 200, headers });
  // @ts-expect-error ETag is always there.
  const untagged: Notes['putNote'] = async () => ({ status: 200, body: { title: 'a' } });
  // @ts-expect-error Which of the two types?
  const untyped: Notes['listNotes'] = async () => ({ status: 200, body: ['a'] });
  // @ts-expect-error A 204 has no body.
  const full: Notes['scanNote'] = async () => ({ status: 204, body: 'a' });
  expectTypeOf([wrong, missing, untagged, untyped, full]).toBeArray();
});

test('a conditional read answers its declared 304', () => {
  const unchanged: Notes['listNotes'] = async () => notModified('"1"');
  expectTypeOf(unchanged).toBeFunction();
});

test("the contract's own operations are typed the same way", () => {
  expectTypeOf<Input<'getGate'>['path']>().toEqualTypeOf<{ product: string; version: string }>();
  expectTypeOf<Input<'listWaivers'>['query']['limit']>().toEqualTypeOf<number>();
  expectTypeOf<Input<'importTestReport'>['body']>().toEqualTypeOf<RawBody>();
  expectTypeOf<
    Extract<Output<'revokeToken'>, { status: 204 }>['body']
  >().toEqualTypeOf<undefined>();
  expectTypeOf<Handlers['getGate']>().toEqualTypeOf<Handler<'getGate'>>();
  const absent: Handler<'getGate'> = async () => problem('not-found', 'There is no such release.');
  // @ts-expect-error getGate declares no 409.
  const conflict: Handler<'getGate'> = async () => problem('conflict', 'No.');
  expectTypeOf([absent, conflict]).toBeArray();
});
