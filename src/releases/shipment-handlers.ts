/** Asking to ship, over HTTP: the step at which the gate refuses. */
import type { Caller } from '../contract/caller.ts';
import type { Handlers, Input } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import { findRelease } from './find-release.ts';
import { loadFacts } from './gate-facts.ts';
import { notAskable } from './gate-handlers.ts';
import { type Shipment, unknownRing } from './release.ts';
import { decisionsShown } from './show-decision.ts';
import { insertShipment, type NewShipment, nextFactAt, shipmentsOf } from './store.ts';

export function shipmentHandlers({
  db,
  write,
  publicUrl,
}: Service): Pick<Handlers, 'recordShipment'> {
  const showDecision = decisionsShown((incident) => `${publicUrl}/reports/${incident}`);

  return {
    async recordShipment(request) {
      const { path, body, caller } = request;
      const found = await findRelease(db, caller, path);
      if (found.kind === 'problem') return found.answer;
      const { product, release } = found;
      const { ring } = body;
      if (!product.rings.includes(ring)) {
        return unprocessable([{ pointer: '/ring', detail: unknownRing(ring, product) }]);
      }
      const refusal = refusalOf(request);
      if (refusal) return refusal;
      return write(request, 'recordShipment', async (change) => {
        const recordedAt = await nextFactAt(change, release.id);
        const onRecord = await shipmentIn(change, release.id, ring);
        if (onRecord) return { status: 200 as const, body: onRecord };
        const shippedAt = body.shippedAt === undefined ? null : utcInstant(body.shippedAt);
        if (shippedAt !== null && Date.parse(shippedAt) > Date.parse(recordedAt)) {
          const detail = `It lies in the future; it is ${recordedAt} now. Leave it out to ship now.`;
          return unprocessable([{ pointer: '/shippedAt', detail }]);
        }
        const shipment = { releaseId: release.id, ring, shippedAt, recordedAt };
        const recordedBy = writerOf(request);
        if (shippedAt !== null) {
          return recorded(change, { ...shipment, recordedBy, pastGateReason: null });
        }
        const loaded = await loadFacts(change, { ...path, ring });
        if (loaded.kind !== 'found') return notFoundAnyMore(notAskable(loaded, path));
        const decision = showDecision(loaded.facts, loaded.asOf, caller);
        if (decision.mayShip)
          return recorded(change, { ...shipment, recordedBy, pastGateReason: null });
        if (body.pastGateReason === undefined) {
          const detail = `${decision.summary} Nothing was recorded.`;
          return problem('gate-refused', detail, { decision });
        }
        const { pastGateReason } = body;
        return recorded(change, { ...shipment, recordedBy, pastGateReason });
      });
    },
  };
}

/** What this caller may not ask, however the gate stands. */
function refusalOf({ body, caller }: Input<'recordShipment'>) {
  if (body.shippedAt !== undefined && !hasRole(caller, 'engineer', 'admin')) {
    return problem(
      'forbidden',
      'Only an engineer records a shipment with an instant of its own. Leave shippedAt out to ship now.',
    );
  }
  if (body.pastGateReason !== undefined && !hasRole(caller, 'approver', 'admin')) {
    return problem(
      'forbidden',
      'Only an approver ships past the gate. Ask one, or leave pastGateReason out.',
    );
  }
  return null;
}

function hasRole(caller: Caller, ...roles: string[]): boolean {
  return caller.kind === 'token' && roles.includes(caller.role);
}

async function shipmentIn(db: Change, releaseId: number, ring: string): Promise<Shipment | null> {
  const shipments = await shipmentsOf(db, [releaseId]);
  return shipments.get(releaseId)?.find((shipment) => shipment.ring === ring) ?? null;
}

async function recorded(db: Change, shipment: NewShipment) {
  await insertShipment(db, shipment);
  const body = await shipmentIn(db, shipment.releaseId, shipment.ring);
  if (!body) throw new Error('A shipment that was recorded is not there.');
  const subject = `/v1/products/${body.product}/releases/${encodeURIComponent(body.version)}/shipments/${body.id}`;
  return written({ status: 201, body }, { subject, change: body });
}

/** Releases are never deleted, so a release that was found is still there under its lock. */
function notFoundAnyMore(answer: { body?: unknown }): never {
  throw new Error('A release that was found is gone.', { cause: answer });
}
