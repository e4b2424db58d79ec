/** Holds over HTTP: proposed, read and changed. */
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../contract/caller.ts';
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { checkIfMatch, isUnchanged, notModified } from '../../contract/if-match.ts';
import { pageOf } from '../../contract/page.ts';
import { type ProblemFault, problem, unprocessable } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import { nextCatalogueAt } from '../../db/clock.ts';
import type { Service } from '../../db/service.ts';
import { type Change, writerOf, written } from '../../db/write.ts';
import { mayRead } from '../../incidents/scope.ts';
import { findIncident, findReferents, lockIncident } from '../../incidents/store.ts';
import { faultsOfHold, referencesOfHold } from './faults.ts';
import { completeHold, type HoldBody, type StoredHold } from './hold.ts';
import { proposeFrom } from './propose-from.ts';
import { etagOf, type Hold, holdAddress, holdAnswer, insightOf, showHold } from './show-hold.ts';
import { findHold, listHoldRows, lockHold } from './store.ts';
import { insertHold, reviseHold } from './write-hold.ts';

type HoldHandlers = Pick<
  Handlers,
  'proposeHolds' | 'createHold' | 'listHolds' | 'getHold' | 'replaceHold'
>;

export function holdHandlers({ db, write, publicUrl }: Service): HoldHandlers {
  const show = (hold: StoredHold, caller: Caller): Hold =>
    showHold(hold, insightOf(caller, hold), publicUrl);

  return {
    async proposeHolds(request) {
      const { path, caller } = request;
      return write(request, 'proposeHolds', async (change) => {
        const incident = await lockIncident(change, path.incident);
        if (!incident || !mayRead(caller, incident.record)) return noIncident(path.incident);
        const outcome = await proposeFrom(change, incident, {
          by: writerOf(request),
          products: productsOf(caller),
        });
        if (outcome.kind === 'refused') return problem('conflict', outcome.why);
        const items: Hold[] = [];
        for (const id of outcome.ids) items.push(show(await stored(change, id), caller));
        if (!outcome.anyNew) return { status: 200 as const, body: { items } };
        const subject = `/v1/incidents/${incident.key}/holds`;
        return written({ status: 201 as const, body: { items } }, { subject, change: items });
      });
    },

    async createHold(request) {
      const { body, caller } = request;
      return write(request, 'createHold', async (change) => {
        const incident = await findIncident(change, body.incident);
        if (!incident || !mayRead(caller, incident.record)) {
          const detail = `There is no incident ${body.incident}. Log it first, or correct the key.`;
          return unprocessable([{ pointer: '/incident', detail }]);
        }
        const said = completeHold(body);
        const { faults, product } = await judge(change, caller, said, body.product, incident);
        if (faults.length > 0 || !product) return unprocessable(faults);
        const at = await nextCatalogueAt(change);
        const signed = { by: writerOf(request), at, reason: body.reason };
        const row = { productId: product.id, incidentId: incident.id, body: said };
        const hold = show(await stored(change, await insertHold(change, row, signed)), caller);
        const Location = holdAddress(hold.id);
        const headers = { ETag: etagOf(hold), Location };
        const answer = { status: 201 as const, headers, body: hold };
        return written(answer, { subject: Location, change: body });
      });
    },

    async listHolds({ query, headers, caller }) {
      const { product = null, state = null, incident = null, limit } = query;
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position[0] : null;
      const rows = await listHoldRows(
        db,
        { product, state, incident },
        { after, limit: limit + 1 },
        productsOf(caller),
      );
      const body = pageOf(
        rows,
        limit,
        (hold) => show(hold, caller),
        ({ id }) => [id],
      );
      const current = etagOf(body);
      if (isUnchanged(headers['If-None-Match'], current)) return notModified(current);
      return { status: 200, headers: { ETag: current }, body };
    },

    async getHold({ path, headers, caller }) {
      const found = await findHold(db, path.hold, productsOf(caller));
      if (!found) return holdNotFound(path.hold);
      const answer = holdAnswer(show(found, caller));
      const current = answer.headers.ETag;
      return isUnchanged(headers['If-None-Match'], current) ? notModified(current) : answer;
    },

    async replaceHold(request) {
      const { path, body, headers, caller } = request;
      return write(request, 'replaceHold', async (change) => {
        const hold = await lockHold(change, path.hold, productsOf(caller));
        if (!hold || insightOf(caller, hold) !== 'whole') return holdNotFound(path.hold);
        const current = show(hold, caller);
        const said = completeHold(body);
        if (isDeepStrictEqual(said, hold.body)) return holdAnswer(current);
        switch (checkIfMatch(headers['If-Match'], etagOf(current))) {
          case 'missing':
            return problem(
              'precondition-required',
              `${holdAddress(hold.id)} exists. Fetch it, and send its ETag as If-Match with the change.`,
            );
          case 'stale':
            return problem(
              'precondition-failed',
              `${holdAddress(hold.id)} changed since you read it. Fetch it again and repeat the change.`,
            );
          case 'ok':
        }
        if (hold.state !== 'proposed') return problem('conflict', settledAlready(hold));
        const incident = await findIncident(change, hold.incident);
        if (!incident) throw new Error(`${hold.incident} is gone.`);
        const { faults } = await judge(change, caller, said, hold.product, incident);
        if (faults.length > 0) return unprocessable(faults);
        const at = await nextCatalogueAt(change);
        const signed = { by: writerOf(request), at, reason: body.reason };
        await reviseHold(change, hold, { change: 'edited', body: said }, signed);
        const answer = holdAnswer(show(await stored(change, hold.id), caller));
        return written(answer, { subject: holdAddress(hold.id), change: body });
      });
    },
  };
}

/** What is wrong with a hold, and the product that it is of; null where the caller may know of none. */
async function judge(
  change: Change,
  caller: Caller,
  body: HoldBody,
  key: string,
  incident: NonNullable<Awaited<ReturnType<typeof findIncident>>>,
): Promise<{ faults: ProblemFault[]; product: { id: number } | null }> {
  const referents = await findReferents(change, referencesOfHold(key, body), {
    products: productsOf(caller),
    read: { products: [], checks: [], drivers: [] },
  });
  const product = referents.products.get(key);
  if (!product) {
    const detail = `There is no product '${key}'. Put it first, or correct the key.`;
    return { faults: [{ pointer: '/product', detail }], product: null };
  }
  const { versionScheme } = product;
  const of = { product: key, versionScheme, incident: incident.key, record: incident.record };
  const row = await change
    .selectFrom('product')
    .select('id')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return { faults: faultsOfHold(body, of, referents), product: row };
}

function settledAlready({ state, id }: StoredHold): string {
  return state === 'active'
    ? `Hold ${id} is active. Propose another, activate that, and release this one.`
    : `Hold ${id} was released. Propose another.`;
}

async function stored(db: Change, id: number): Promise<StoredHold> {
  const hold = await findHold(db, id, null);
  if (!hold) throw new Error(`The hold ${id} was just there.`);
  return hold;
}

export function holdNotFound(id: string) {
  return problem('not-found', `There is no hold ${id}. List the holds to find its id.`);
}

function noIncident(key: string) {
  return problem('not-found', `There is no incident ${key}. List the incidents to find its key.`);
}
