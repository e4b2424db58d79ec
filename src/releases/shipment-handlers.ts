/** Asking to ship, over HTTP: the step at which the gate refuses. */
import type { Caller } from '../contract/caller.ts';
import type { Handlers, Input } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import { findRelease, notAskable } from './find-release.ts';
import { loadFacts } from './gate-facts.ts';
import { type Shipment, unknownRing } from './release.ts';
import { releaseAddress } from './release-address.ts';
import { reportUrls } from './report-url.ts';
import { insertShipment, type NewShipment, shipmentsOf } from './shipment-store.ts';
import { showDecision } from './show-decision.ts';
import { holdCatalogue, holdProduct, nextFactAt } from './store.ts';

export function shipmentHandlers(service: Service): Pick<Handlers, 'recordShipment'> {
  const reportUrl = reportUrls(service);

  return {
    async recordShipment(request) {
      const { path, body, caller } = request;
      const refusal = refusalOf(request);
      if (refusal) return refusal;
      return service.write(request, 'recordShipment', async (change) => {
        await holdProduct(change, path.product);
        const found = await findRelease(change, caller, path);
        if (found.kind === 'problem') return found.answer;
        const { product, release } = found;
        const { ring } = body;
        if (!product.rings.includes(ring)) {
          return unprocessable([{ pointer: '/ring', detail: unknownRing(ring, product) }]);
        }
        const shipment = {
          releaseId: release.id,
          ring,
          recordedAt: await nextFactAt(change, release.id),
          recordedBy: writerOf(request),
        };
        const onRecord = await shipmentIn(change, release.id, ring);
        if (body.shippedAt !== undefined) {
          if (onRecord) return { status: 200 as const, body: onRecord };
          const shippedAt = utcInstant(body.shippedAt);
          if (Date.parse(shippedAt) > Date.parse(shipment.recordedAt)) {
            return inTheFuture(shipment.recordedAt);
          }
          return recorded(change, { ...shipment, entry: { kind: 'afterwards', shippedAt } });
        }
        // What the release is judged by stays as it is until it has entered the ring.
        await holdCatalogue(change);
        const loaded = await loadFacts(change, { ...path, ring });
        if (loaded.kind !== 'found') return notAskable(loaded, path);
        const decision = showDecision(loaded.facts, loaded.asOf, caller, reportUrl);
        const { pastGateReason = null } = body;
        if (!decision.mayShip && pastGateReason === null) {
          const detail = `${decision.summary} Nothing was recorded.`;
          return problem('gate-refused', detail, { decision });
        }
        if (onRecord) return { status: 200 as const, body: onRecord };
        const { verdict, factsHash } = decision;
        const reason = decision.mayShip ? null : pastGateReason;
        const entry = { kind: 'asked' as const, verdict, factsHash, pastGateReason: reason };
        return recorded(change, { ...shipment, entry });
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

function inTheFuture(now: string) {
  const detail = `It lies in the future; it is ${now} now. Leave it out to ship now.`;
  return unprocessable([{ pointer: '/shippedAt', detail }]);
}

async function shipmentIn(db: Change, releaseId: number, ring: string): Promise<Shipment | null> {
  const shipments = await shipmentsOf(db, [releaseId]);
  return shipments.get(releaseId)?.find((shipment) => shipment.ring === ring) ?? null;
}

async function recorded(db: Change, shipment: NewShipment) {
  await insertShipment(db, shipment);
  const body = await shipmentIn(db, shipment.releaseId, shipment.ring);
  if (!body) throw new Error('A shipment that was recorded is not there.');
  const subject = `${releaseAddress(body)}/shipments/${body.id}`;
  return written({ status: 201, body }, { subject, change: body });
}
