/** Reads the body of a request: its type, its size, its JSON, its schema. */
import type { HonoRequest } from 'hono';
import { readJson } from './json-text.ts';
import { mediaTypeOf } from './media-type.ts';
import type { Operation } from './operations.ts';
import { type ProblemAnswer, type ProblemFault, problem } from './problems.ts';
import type { Schemas, Validator } from './schemas.ts';

/** Bytes as they come, for what is not JSON or is declared as `format: binary`. Reading them may throw `UnreadableBody`. */
export type RawBody = AsyncIterable<Uint8Array>;

/**
 * Thrown out of a `RawBody` that is too long or cut off. Let it pass: the transaction is rolled back on the way, and
 * the loop gives the answer.
 */
export class UnreadableBody extends Error {
  readonly answer: ProblemAnswer<'too-large' | 'invalid-request'>;

  constructor(answer: UnreadableBody['answer'], options?: ErrorOptions) {
    super(answer.body.detail, options);
    this.answer = answer;
  }
}

export type BodyReading =
  | { kind: 'read'; mediaType?: string; body?: unknown }
  | { kind: 'faulty'; faults: readonly ProblemFault[] }
  | { kind: 'refused'; answer: ProblemAnswer };

export function bodyReader(
  operation: Operation,
  schemas: Schemas,
): (request: HonoRequest) => Promise<BodyReading> {
  const declared = operation.body;
  if (!declared) return readNoBody;

  const validators = new Map<string, Validator | null>(
    declared.media.map(({ mediaType, schemaAt }) => [
      mediaType,
      schemaAt === null ? null : schemas.at(schemaAt),
    ]),
  );
  const accepted = [...validators.keys()].join(', ');
  const missing: BodyReading = declared.required
    ? { kind: 'faulty', faults: [{ pointer: '', detail: `a body is needed, as ${accepted}` }] }
    : { kind: 'read' };

  return async (request) => {
    const encoding = request.header('content-encoding');
    if (encoding && encoding.toLowerCase() !== 'identity') {
      return refuseType(`Send the body without Content-Encoding; ${encoding} is not read here.`);
    }
    const mediaType = mediaTypeOf(request.header('content-type') ?? null);
    const validate = mediaType === null ? undefined : validators.get(mediaType);
    if (mediaType === null || validate === undefined) {
      if (await isEmpty(request)) return missing;
      return refuseType(`Send the body as ${accepted}${mediaType ? `, not as ${mediaType}` : ''}.`);
    }
    if (Number(request.header('content-length') ?? 0) > declared.bytesMax) {
      return { kind: 'refused', answer: tooLarge(declared.bytesMax) };
    }

    if (validate === null) {
      // Not asked for where it is not needed: the server then makes no stream of what comes in one piece.
      const stream = request.raw.body;
      return stream && request.header('content-length') !== '0'
        ? { kind: 'read', mediaType, body: limited(stream, declared.bytesMax) }
        : missing;
    }
    const charset = /charset="?([^";\s]+)/i.exec(request.header('content-type') ?? '')?.[1];
    if (charset && charset.toLowerCase() !== 'utf-8') {
      return refuseType(`Send JSON in UTF-8, not in ${charset}.`);
    }
    const bytes = await readBytes(request, declared.bytesMax);
    if (bytes instanceof UnreadableBody) return { kind: 'refused', answer: bytes.answer };
    if (bytes.byteLength === 0) return missing;
    return readValue(bytes, mediaType, validate);
  };
}

function readValue(bytes: Uint8Array, mediaType: string, validate: Validator): BodyReading {
  const text = textOf(bytes);
  if (text === null) {
    return { kind: 'faulty', faults: [{ pointer: '', detail: 'is not UTF-8 text' }] };
  }
  const reading = readJson(text);
  if (reading.kind === 'fault') {
    const { pointer, detail } = reading.fault;
    return {
      kind: 'faulty',
      faults: [{ pointer, detail: `is not JSON as it is read here; ${detail}` }],
    };
  }
  const faults = validate(reading.value);
  if (faults.length > 0) return { kind: 'faulty', faults };
  return { kind: 'read', mediaType, body: reading.value };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** A body that nobody would read is refused: it may say something that the caller relies on. */
async function readNoBody(request: HonoRequest): Promise<BodyReading> {
  const length = request.header('content-length');
  if ((length === undefined || length === '0') && !request.header('transfer-encoding')) {
    return { kind: 'read' };
  }
  return { kind: 'faulty', faults: [{ pointer: '', detail: 'this operation takes no body' }] };
}

async function readBytes(
  request: HonoRequest,
  bytesMax: number,
): Promise<Uint8Array | UnreadableBody> {
  try {
    // With a length the server hands over exactly that much, in one piece and without a stream.
    if (request.header('content-length') !== undefined) {
      const bytes = new Uint8Array(await orCutOff(request.raw.arrayBuffer()));
      return bytes.byteLength > bytesMax ? new UnreadableBody(tooLarge(bytesMax)) : bytes;
    }
    const chunks: Uint8Array[] = [];
    if (request.raw.body) {
      for await (const chunk of limited(request.raw.body, bytesMax)) chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof UnreadableBody) return error;
    throw error;
  }
}

async function* limited(stream: ReadableStream<Uint8Array>, bytesMax: number): RawBody {
  const reader = stream.getReader();
  let ended = false;
  let read = 0;
  try {
    for (;;) {
      const { done, value } = await orCutOff(reader.read());
      ended = done;
      if (done) return;
      read += value.byteLength;
      if (read > bytesMax) throw new UnreadableBody(tooLarge(bytesMax));
      yield value;
    }
  } finally {
    if (!ended) discardRest(reader);
  }
}

async function orCutOff<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    const answer = problem('invalid-request', 'The body ended before all of it had come.');
    throw new UnreadableBody(answer, { cause });
  }
}

/**
 * Who stops reading must not cancel the stream, which would tear the connection down before the answer is sent, nor
 * leave the rest in it, which would stand before the connection's next request. The server ends what takes too long.
 */
async function discardRest(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The connection is gone, and the rest of the body with it.
  }
}

async function isEmpty(request: HonoRequest): Promise<boolean> {
  const length = request.header('content-length');
  if (length !== undefined) return length === '0';
  if (!request.raw.body) return true;
  for await (const chunk of limited(request.raw.body, Number.POSITIVE_INFINITY)) {
    if (chunk.byteLength > 0) return false;
  }
  return true;
}

function tooLarge(bytesMax: number): ProblemAnswer<'too-large'> {
  const detail = `Send at most ${bytesMax} bytes at once, in several requests where there is more.`;
  return problem('too-large', detail);
}

function refuseType(detail: string): BodyReading {
  return { kind: 'refused', answer: problem('unsupported-media-type', detail) };
}
