/** The checks that results and waivers name, as far as the caller may know of them. */
import { type Kysely, sql } from 'kysely';
import { didYouMean } from '../contract/did-you-mean.ts';
import { faultsListedMax } from '../contract/problems.ts';
import type { Database } from '../db/rows.gen.ts';
import type { CheckKind, Variant } from '../gate/index.ts';

/** A check as far as a result or a waiver needs it. */
export interface NamedCheck {
  id: number;
  key: string;
  kind: CheckKind;
  /** Empty: any. */
  variants: readonly Variant[];
}

export interface NamedChecks {
  /** By key. */
  found: ReadonlyMap<string, NamedCheck>;
  /** For each key that is none: a sentence on what to do, with the check that was probably meant. */
  unknown: ReadonlyMap<string, string>;
}

/** Retired ones too. `products` are those that the caller may know of, null for all. */
export async function findChecks(
  db: Kysely<Database>,
  named: Iterable<string>,
  products: readonly string[] | null,
): Promise<NamedChecks> {
  const keys = [...new Set(named)];
  const rows = await checksWithin(db, products)
    .select(['checked.id', 'checked.key'])
    .select(sql<CheckKind>`checked.body ->> 'kind'`.as('kind'))
    .select(sql<Variant[]>`check_variants(checked.id, checked.body, 'infinity')`.as('variants'))
    .where('checked.key', '=', sql<string>`any(${keys})`)
    .execute();
  const found = new Map(rows.map((row) => [row.key, row]));
  const unknown = keys.filter((key) => !found.has(key));
  const advice = unknown.length > 0 ? await adviceOn(db, unknown, products) : [];
  return { found, unknown: new Map(advice) };
}

async function adviceOn(
  db: Kysely<Database>,
  unknown: readonly string[],
  products: readonly string[] | null,
): Promise<[string, string][]> {
  const rows = await checksWithin(db, products)
    .select('checked.key')
    .orderBy('checked.key')
    .execute();
  const keys = rows.map(({ key }) => key);
  return unknown.map((key, index) => {
    // More faults than that are not listed, so nobody would read the advice.
    const near = index < faultsListedMax ? didYouMean(key, keys) : null;
    const advice = near ? `Did you mean '${near}'?` : 'Put it first, or correct the key.';
    return [key, `There is no check '${key}'. ${advice}`];
  });
}

/** Checks that may apply to one of these products. */
function checksWithin(db: Kysely<Database>, products: readonly string[] | null) {
  return db
    .selectFrom('regression_check as checked')
    .innerJoin('regression_check_revision as revision', (join) =>
      join
        .onRef('revision.owner_id', '=', 'checked.id')
        .onRef('revision.revision', '=', 'checked.revision'),
    )
    .$if(products !== null, (query) =>
      query.where(
        sql<boolean>`(revision.products is null or revision.products && ${products}::text[])`,
      ),
    );
}
