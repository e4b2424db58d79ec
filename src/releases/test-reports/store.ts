/** What the database knows of the checks that a test report may answer. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { NamedCheck } from '../named-checks.ts';
import { answeredByPerson } from '../results/evidence.ts';
import type { CheckClaim } from './case-tally.ts';

/** A check with the cases that it claims. */
export type ClaimingCheck = Omit<NamedCheck, 'kind'> & CheckClaim;

/**
 * Every check of this product that finds its cases in reports and is not retired, required or not, by key. One that
 * takes effect later is among them, since a result that is there by then will count. What a person answers is not.
 */
export async function claimingChecks(
  db: Kysely<Database>,
  product: string,
): Promise<ClaimingCheck[]> {
  const { rows } = await sql<ClaimingCheck>`
    select checked.id, checked.key, state.body -> 'reportedAs' as "reportedAs",
      check_variants(checked.id, state.body, 'infinity') as variants,
      (state.body -> 'allowSkipped')::boolean as "allowSkipped", (state.body -> 'minCases')::integer as "minCases"
    from regression_check_revision as state
    join regression_check as checked on checked.id = state.owner_id
    where (state.products is null or state.products @> array[${product}])
      and state.known_until is null
      and state.body -> 'reportedAs' <> '[]'
      and state.body ->> 'kind' <> all (${answeredByPerson})
      and coalesce((state.body ->> 'retiredAt')::timestamptz > clock_timestamp(), true)
    order by checked.key
  `.execute(db);
  return rows;
}
