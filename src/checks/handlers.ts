/** Regression checks over HTTP. */
import type { Handlers } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { mayReachProduct, productsOf } from '../contract/product-scope.ts';
import { isPast } from '../db/clock.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf } from '../db/write.ts';
import { documentAnswer, listAnswer, preconditionOf, putAnswer } from '../documents/answers.ts';
import { findDocument, putDocument } from '../documents/store.ts';
import { type CheckBody, completeCheck, faultsWithin, showCheck } from './check.ts';
import { faultsOfNames } from './declared-names.ts';
import { mayRead, refuseChange } from './scope.ts';
import { holdDeclaredNames, listChecksOf, withIncidents } from './store.ts';

export function checkHandlers({
  db,
  write,
}: Service): Pick<Handlers, 'listChecks' | 'getCheck' | 'putCheck'> {
  return {
    async listChecks({ query, caller }) {
      const bound = productsOf(caller);
      const asked = query.product;
      const products =
        asked === undefined ? bound : [asked].filter((key) => mayReachProduct(caller, key));
      return listAnswer(
        query,
        async (range) => withIncidents(db, await listChecksOf(db, { ...range, products })),
        (check) => showCheck(check, caller),
      );
    },

    async getCheck({ path, caller }) {
      const found = await findDocument<CheckBody>(db, 'regression_check', path.check);
      const visible = found && mayRead(found.body, productsOf(caller));
      const [check] = visible ? await withIncidents(db, [found]) : [];
      if (check) return documentAnswer(check, (document) => showCheck(document, caller));
      return problem(
        'not-found',
        `There is no check '${path.check}'. Put it first, or correct the key.`,
      );
    },

    async putCheck(request) {
      const key = request.path.check;
      const body = completeCheck(request.body);
      const reachable = productsOf(request.caller);
      return write(request, 'putCheck', async (change) => {
        const put = await putDocument(change, 'regression_check', {
          key,
          body,
          writtenBy: writerOf(request),
          precondition: preconditionOf(request.headers),
          judge: (before) => judge(change, before, body, reachable),
        });
        const [check] = 'document' in put ? await withIncidents(change, [put.document]) : [];
        return putAnswer(put, `/v1/checks/${key}`, (document) =>
          showCheck({ ...document, incidents: check?.incidents ?? [] }, request.caller),
        );
      });
    },
  };
}

async function judge(
  db: Change,
  before: CheckBody | null,
  after: CheckBody,
  reachable: readonly string[] | null,
) {
  const refusal = refuseChange(before, after, reachable);
  if (refusal) return problem('forbidden', refusal);
  // Products that the token may not know of are as unknown as those that do not exist.
  const inQuestion =
    after.appliesTo.products?.filter((key) => reachable?.includes(key) ?? true) ?? null;
  const products = await holdDeclaredNames(db, inQuestion);
  const faults = [...faultsWithin(after), ...faultsOfNames(after.appliesTo, products)];
  const { retiredAt } = after;
  if (retiredAt && retiredAt !== before?.retiredAt && (await isPast(db, retiredAt))) {
    const detail =
      'It lies in the past, and verdicts given since then rest on this check. Retire it from now or later.';
    faults.push({ pointer: '/retiredAt', detail });
  }
  return faults.length > 0 ? unprocessable(faults) : null;
}
