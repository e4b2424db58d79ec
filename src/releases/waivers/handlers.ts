/** Waivers over HTTP: asked for, approved, revoked. */
import type { Kysely } from 'kysely';
import type { Caller } from '../../contract/caller.ts';
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { pageOf } from '../../contract/page.ts';
import { invalidRequest, problem, unprocessable } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import { utcInstant } from '../../contract/utc-instant.ts';
import { nextCatalogueAt } from '../../db/clock.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { Service } from '../../db/service.ts';
import { type Change, writerOf, written } from '../../db/write.ts';
import { assessApproval, assessWaiverRequest, liesIn } from '../../gate/index.ts';
import { checkRange, spansOf } from '../../versions/index.ts';
import { findRelease } from '../find-release.ts';
import { findChecks } from '../named-checks.ts';
import { nextFactAt } from '../store.ts';
import { factsAbout, notAsked } from './facts-about.ts';
import {
  findWaiver,
  insertApproval,
  insertRevocation,
  insertSpans,
  insertWaiver,
  listExpiringRows,
  listWaiverRows,
  type WaiversAsked,
  waiversNear,
} from './store.ts';
import { type StoredWaiver, showWaiver, type Waiver, waiverFact } from './waiver.ts';

type WaiverHandlers = Pick<
  Handlers,
  'requestWaiver' | 'approveWaiver' | 'revokeWaiver' | 'listWaivers'
>;

export function waiverHandlers({ db, write }: Service): WaiverHandlers {
  return {
    async requestWaiver(request) {
      const { path, body, caller } = request;
      const { variant = null, versions = null, reason, ticketUrl = null } = body;
      const expiresAt = utcInstant(body.expiresAt);
      const requestedBy = writerOf(request);
      return write(request, 'requestWaiver', async (change) => {
        const found = await findRelease(change, caller, path);
        if (found.kind === 'problem') return found.answer;
        const { product, release } = found;
        const range = versions === null ? null : checkRange(product.versionScheme, versions);
        if (range && !range.ok) {
          return refused('versions', `${range.reason} (at position ${range.position})`);
        }
        const checks = await findChecks(change, [body.check], productsOf(caller));
        const check = checks.found.get(body.check);
        const nothingToWaive = notAsked(body.check, release);
        if (!check) return refused('check', checks.unknown.get(body.check) ?? nothingToWaive);

        const requestedAt = await factAt(change, release.id, versions);
        const facts = await factsAbout(change, check.key, { ...release, rings: product.rings });
        if (!facts) return refused('check', nothingToWaive);
        const asked = { variant, versions, requestedBy, requestedAt, expiresAt };
        const assessment = assessWaiverRequest(
          { ...asked, check: check.key },
          facts,
          mayApprove(caller),
        );
        if (assessment.kind === 'refused') return refused(assessment.field, assessment.detail);

        const row = { ...asked, releaseId: release.id, checkId: check.id, reason, ticketUrl };
        const id = await insertWaiver(change, row);
        if (range) await insertSpans(change, id, spansOf(range.range, product.key));
        if (assessment.kind === 'approved') {
          const { over } = assessment;
          await insertApproval(change, id, { by: requestedBy, at: requestedAt, over });
        }
        const waiver = await stored(change, id);
        return written({ status: 201, body: waiver }, changeOf(waiver));
      });
    },

    async approveWaiver(request) {
      const { path, caller } = request;
      const by = writerOf(request);
      return write(request, 'approveWaiver', async (change) => {
        const found = await findWaiver(change, path.waiver, productsOf(caller));
        if (!found) return waiverNotFound(path.waiver);
        const at = await factAt(change, found.release_id, found.versions);
        // Read again, now that nobody else can decide about it.
        const waiver = await storedRow(change, found.id);
        const release = { ...waiver, id: waiver.release_id };
        const facts = await factsAbout(change, waiver.check, release);
        if (!facts) return problem('conflict', notAsked(waiver.check, release));
        const assessment = assessApproval(waiverFact(waiver), by, at, facts);
        if (assessment.kind === 'refused') return problem('conflict', assessment.detail);
        await insertApproval(change, waiver.id, { by, at, over: assessment.over });
        const approved = await stored(change, waiver.id);
        return written({ status: 200, body: approved }, changeOf(approved));
      });
    },

    async revokeWaiver(request) {
      const { path, caller, body } = request;
      return write(request, 'revokeWaiver', async (change) => {
        const found = await findWaiver(change, path.waiver, productsOf(caller));
        if (!found) return waiverNotFound(path.waiver);
        const at = await factAt(change, found.release_id, found.versions);
        const { revocation } = await stored(change, found.id);
        if (revocation) {
          const { by, at } = revocation;
          return problem('conflict', `${by} revoked it at ${at}. Nothing is left to do.`);
        }
        const by = writerOf(request);
        await insertRevocation(change, found.id, { by, at, reason: body.reason });
        const revoked = await stored(change, found.id);
        return written({ status: 200, body: revoked }, changeOf(revoked));
      });
    },

    async listWaivers({ query, caller }) {
      const { product = null, version, check = null, status = null, limit } = query;
      if (version !== undefined && product === null) {
        return invalidRequest([
          { parameter: 'version', detail: 'goes with product; name the product, too' },
        ]);
      }
      const release = await releaseAsked(db, caller, product, version);
      if (release === 'none') return { status: 200, body: { items: [] } };
      const products = productsOf(caller);
      const asked = { products, product, release, check, status, limit: limit + 1 };
      if (query.expiresBefore !== undefined) {
        const before = utcInstant(query.expiresBefore);
        const start = readCursor(query.cursor, ['instant', 'integer']);
        if (start.kind === 'bad') return badCursor();
        const after = start.kind === 'after' ? start.position : null;
        const rows = await listExpiringRows(db, asked, before, after);
        const position = (row: StoredWaiver) => [row.expires_at, row.id];
        return { status: 200, body: pageOf(rows, limit, showWaiver, position) };
      }
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position[0] : null;
      const rows = await listWaiverRows(db, asked, after);
      return { status: 200, body: pageOf(rows, limit, showWaiver, ({ id }) => [id]) };
    },
  };
}

/**
 * The instant of a fact about a waiver. One that stands for a range is a fact about many releases, so it moves the
 * catalogue that all of them are judged by.
 */
async function factAt(db: Change, releaseId: number, versions: string | null): Promise<string> {
  const at = await nextFactAt(db, releaseId);
  return versions === null ? at : nextCatalogueAt(db);
}

/** Pipelines and engineers only ask. */
function mayApprove(caller: Caller): boolean {
  return caller.kind === 'token' && (caller.role === 'approver' || caller.role === 'admin');
}

function refused(field: string, detail: string) {
  return unprocessable([{ pointer: `/${field}`, detail }]);
}

function waiverNotFound(id: string) {
  return problem('not-found', `There is no waiver ${id}. List the waivers to find its id.`);
}

async function storedRow(db: Change, id: number): Promise<StoredWaiver> {
  const row = await findWaiver(db, id, null);
  if (!row) throw new Error(`The waiver ${id} was just there.`);
  return row;
}

async function stored(db: Change, id: number): Promise<Waiver> {
  return showWaiver(await storedRow(db, id));
}

function changeOf(waiver: Waiver) {
  return { subject: `/v1/waivers/${waiver.id}`, change: waiver };
}

/** The release that a list is narrowed to: null for all, `none` where there is none that the caller may know of. */
async function releaseAsked(
  db: Kysely<Database>,
  caller: Caller,
  product: string | null,
  version: string | undefined,
): Promise<WaiversAsked['release'] | 'none'> {
  if (product === null || version === undefined) return null;
  const found = await findRelease(db, caller, { product, version });
  if (found.kind === 'problem') return 'none';
  const { id, version: registered } = found.release;
  const near = await waiversNear(db, id);
  const ranged = near.filter(({ versions }) => liesIn(registered, versions));
  return { id, ranged: ranged.map(({ id }) => id) };
}
