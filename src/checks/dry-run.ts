/** What a change of a check would do to candidates, without anything of it staying. */
import { type Kysely, sql } from 'kysely';
import type { Input } from '../contract/handlers.ts';
import { productsOf } from '../contract/product-scope.ts';
import type { components } from '../contract/types.gen.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import { preconditionOf, staleAnswer } from '../documents/answers.ts';
import { changeIntoBeing, changesBetween } from '../documents/changes.ts';
import { findDocument, type StoredDocument } from '../documents/store.ts';
import type { Verdict } from '../gate/index.ts';
import { type CheckBody, completeCheck } from './check.ts';
import { judgeCheck } from './judge-check.ts';
import { holdGravity } from './store.ts';
import { weakenings } from './weakening.ts';

type CheckDryRun = components['schemas']['CheckDryRun'];

/** A release that has not entered its product's last ring. */
export interface Candidate {
  product: string;
  version: string;
  /** Those that it has not entered, in their order. */
  rings: readonly string[];
}

/** How candidates are found and judged. */
export interface Candidates {
  /** The newest ones of these products, of all for null. */
  list(
    db: Kysely<Database>,
    products: readonly string[] | null,
    limit: number,
  ): Promise<Candidate[]>;
  /** The verdict for each of its rings, at this instant or now. */
  judge(
    db: Kysely<Database>,
    candidate: Candidate,
    asOf?: string,
  ): Promise<{ asOf: string; verdicts: ReadonlyMap<string, Verdict> }>;
}

/** So that an answer takes a second or so, and not a minute. */
const judgedMax = 100;

/** The caller rolls back: meanwhile the check is what the request wants of it. */
export async function dryRunCheck(
  change: Change,
  request: Input<'putCheck'>,
  candidates: Candidates,
) {
  const { check: key } = request.path;
  const body = completeCheck(request.body);
  const reachable = productsOf(request.caller);
  const current = await findDocument<CheckBody>(change, 'regression_check', key);
  const refusal = await judgeCheck(change, current?.body ?? null, body, reachable);
  if (refusal) return refusal;
  if (preconditionOf(request.headers)(current?.revision ?? null) === 'stale') {
    return staleAnswer(`/v1/checks/${key}`);
  }

  const concerned = productsConcerned(current?.body ?? null, body, reachable);
  const newest = await candidates.list(change, concerned, judgedMax + 1);
  const judged = newest.slice(0, judgedMax);
  const before = [];
  for (const candidate of judged) before.push(await candidates.judge(change, candidate));
  await pretend(change, key, current, body);
  const verdicts: CheckDryRun['verdicts'] = [];
  for (const [index, candidate] of judged.entries()) {
    const then = before[index];
    if (!then) continue;
    // At the very same instant, so that only the check makes a difference.
    const now = await candidates.judge(change, candidate, then.asOf);
    verdicts.push(...differences(candidate, then.verdicts, now.verdicts));
  }
  const weaker = current ? weakenings(current.body, body) : [];
  const answer: CheckDryRun = {
    dryRun: true,
    changes: current ? changesBetween(current.body, body) : changeIntoBeing(body),
    weaker,
    secondPerson: weaker.length > 0 && current !== null && (await holdGravity(change, current.id)),
    judged: judged.length,
    complete: newest.length === judged.length,
    verdicts,
  };
  return { status: 200 as const, body: answer };
}

/** Null: all of them. */
function productsConcerned(
  before: CheckBody | null,
  after: CheckBody,
  reachable: readonly string[] | null,
): readonly string[] | null {
  const named = [before, after].map((body) => (body ? (body.appliesTo.products ?? null) : []));
  if (named.includes(null)) return reachable;
  const products = new Set(named.flatMap((keys) => keys ?? []));
  return [...products].filter((key) => reachable?.includes(key) ?? true);
}

function differences(
  { product, version, rings }: Candidate,
  before: ReadonlyMap<string, Verdict>,
  after: ReadonlyMap<string, Verdict>,
): CheckDryRun['verdicts'] {
  return rings.flatMap((ring) => {
    const [was, is] = [before.get(ring), after.get(ring)];
    return was && is && was !== is ? [{ product, version, ring, before: was, after: is }] : [];
  });
}

/**
 * Makes the check say this to whoever asks within the transaction. The revision itself is written over, so that the gate
 * sees it at every instant since; neither the catalogue nor anybody else waits.
 */
async function pretend(
  db: Change,
  key: string,
  current: StoredDocument<CheckBody> | null,
  body: CheckBody,
): Promise<void> {
  if (current) {
    await db
      .updateTable('regression_check_revision')
      .set({ body: JSON.stringify(body) })
      .where('owner_id', '=', current.id)
      .where('revision', '=', current.revision)
      .execute();
    return;
  }
  // From the transaction's start on, which lies before every instant asked about in it.
  await sql`
    with created as (
      insert into regression_check (key, revision, body, created_at, updated_at)
      values (${key}, 1, ${JSON.stringify(body)}::jsonb, transaction_timestamp(), transaction_timestamp())
      on conflict (key) do nothing
      returning id
    )
    insert into regression_check_revision (owner_id, revision, body, written_by, known_from)
    select id, 1, ${JSON.stringify(body)}::jsonb, '', transaction_timestamp() from created
  `.execute(db);
}
