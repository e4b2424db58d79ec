/** The door that every write goes through: transaction, audit row, Idempotency-Key. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type Kysely, sql } from 'kysely';
import { type ProblemAnswer, problem } from '../contract/problems.ts';
import type { Database } from '../db/rows.gen.ts';
import { inTransaction } from '../db/transaction.ts';
import {
  type Answer,
  type Change,
  tokenOf,
  type Write,
  type WriteRequest,
  type Written,
} from '../db/write.ts';
import { insertAuditRow } from './store.ts';

/** Ends a transaction whose answer rests on no change. */
class NothingWritten extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('Nothing was written.');
    this.answer = answer;
  }
}

export function auditedWrite(db: Kysely<Database>): Write {
  const write = async (
    request: WriteRequest,
    operation: string,
    work: (change: Change) => Promise<Answer | Written<Answer>>,
  ): Promise<Answer> => {
    const repeatable = repeatableCall(request, operation);
    try {
      return await inTransaction(db, async (change) => {
        const earlier = repeatable && (await earlierAnswer(change, repeatable));
        if (earlier) throw new NothingWritten(earlier);
        const result = await work(change);
        if (!isWritten(result)) throw new NothingWritten(result);
        await keepAuditRow(change, request, operation, result);
        if (repeatable) await keepAnswer(change, repeatable, result.answer);
        return result.answer;
      });
    } catch (error) {
      if (error instanceof NothingWritten) return error.answer;
      throw error;
    }
  };
  // The answer is one that `work` gave, now or when the call came first.
  return write as Write;
}

function isWritten(result: Answer | Written<Answer>): result is Written<Answer> {
  return 'kind' in result && result.kind === 'written';
}

async function keepAuditRow(
  db: Change,
  request: WriteRequest,
  operation: string,
  { subject, change }: Written<Answer>,
): Promise<void> {
  const { tokenId, name, role } = tokenOf(request);
  await insertAuditRow(db, {
    writtenBy: name,
    tokenId: Number(tokenId),
    role,
    operation,
    subject,
    requestId: request.requestId,
    remoteAddress: request.remoteAddress,
    change,
  });
}

/** A call that carries an `Idempotency-Key`, and what makes two of them the same. */
interface RepeatableCall {
  tokenId: number;
  operation: string;
  key: string;
  requestHash: Buffer;
}

function repeatableCall(request: WriteRequest, operation: string): RepeatableCall | null {
  const key = (request.headers as { 'Idempotency-Key'?: string })['Idempotency-Key'];
  if (key === undefined) return null;
  const { path, query, fingerprint = request.body } = request;
  const asked = canonicalize({ path, query, asked: fingerprint ?? null }) ?? '';
  const requestHash = createHash('sha256').update(asked).digest();
  return { tokenId: Number(tokenOf(request).tokenId), operation, key, requestHash };
}

/** How long an answer is kept for a call that is repeated. */
const keptFor = sql`interval '1 day'`;

/** The answer that the same call got before; waits for one that is being answered right now. */
async function earlierAnswer(
  db: Change,
  { tokenId, operation, key, requestHash }: RepeatableCall,
): Promise<Answer | ProblemAnswer | null> {
  const lock = JSON.stringify([tokenId, operation, key]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(db);
  const row = await db
    .selectFrom('idempotency_key')
    .select(['request_hash', 'status', 'headers', 'body'])
    .where('token_id', '=', tokenId)
    .where('operation', '=', operation)
    .where('key', '=', key)
    .where(sql<boolean>`created_at > clock_timestamp() - ${keptFor}`)
    .executeTakeFirst();
  if (!row) return null;
  if (!requestHash.equals(row.request_hash)) {
    return problem(
      'idempotency-key-reused',
      `The Idempotency-Key '${key}' was used for another ${operation}. Send a new key with a new request.`,
    );
  }
  return { status: row.status, headers: row.headers, body: row.body ?? undefined } as Answer;
}

async function keepAnswer(
  db: Change,
  { tokenId, operation, key, requestHash }: RepeatableCall,
  answer: Answer & { headers?: unknown; body?: unknown },
): Promise<void> {
  const kept = {
    request_hash: requestHash,
    status: answer.status,
    headers: JSON.stringify(answer.headers ?? {}),
    body: answer.body === undefined ? null : JSON.stringify(answer.body),
    created_at: sql<string>`clock_timestamp()`,
  };
  await db
    .insertInto('idempotency_key')
    .values({ token_id: tokenId, operation, key, ...kept })
    .onConflict((conflict) => conflict.columns(['token_id', 'operation', 'key']).doUpdateSet(kept))
    .execute();
}

/** Drops answers that nobody can ask for again. */
export async function forgetOldAnswers(db: Kysely<Database>): Promise<void> {
  await db
    .deleteFrom('idempotency_key')
    .where(sql<boolean>`created_at <= clock_timestamp() - ${keptFor}`)
    .execute();
}
