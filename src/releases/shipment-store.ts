/** Shipments in the database. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { Shipment } from './release.ts';

const shipmentColumns = [
  'shipment.id',
  'shipment.release_id',
  'product.key as product',
  'release.version',
  'shipment.ring',
  'shipment.shipped_at',
  'shipment.recorded_at',
  'shipment.recorded_by',
  'shipment.afterwards',
  'shipment.verdict',
  'shipment.facts_hash',
  'shipment.past_gate_reason',
] as const;

/** The shipments of these releases by release, in the order of entering. */
export async function shipmentsOf(
  db: Kysely<Database>,
  releaseIds: readonly number[],
): Promise<Map<number, Shipment[]>> {
  const rows = await db
    .selectFrom('shipment')
    .innerJoin('release', 'release.id', 'shipment.release_id')
    .innerJoin('product', 'product.id', 'release.product_id')
    .select(shipmentColumns)
    .where('shipment.release_id', '=', sql<number>`any(${releaseIds})`)
    .orderBy('shipment.shipped_at')
    .orderBy('shipment.id')
    .execute();
  const shipments = new Map<number, Shipment[]>(releaseIds.map((id) => [id, []]));
  for (const row of rows) {
    shipments.get(row.release_id)?.push({
      id: String(row.id),
      product: row.product,
      version: row.version,
      ring: row.ring,
      shippedAt: row.shipped_at,
      recordedAt: row.recorded_at,
      recordedBy: row.recorded_by,
      afterwards: row.afterwards,
      verdict: row.verdict as Shipment['verdict'],
      factsHash: row.facts_hash,
      pastGate: row.past_gate_reason
        ? { reason: row.past_gate_reason, approvedBy: row.recorded_by }
        : null,
    });
  }
  return shipments;
}

export interface NewShipment {
  releaseId: number;
  ring: string;
  recordedAt: string;
  recordedBy: string;
  /** When it shipped, where that was before; else what the gate said, and of which facts. */
  entry:
    | { kind: 'afterwards'; shippedAt: string }
    | { kind: 'asked'; verdict: string; factsHash: string; pastGateReason: string | null };
}

export async function insertShipment(db: Change, shipment: NewShipment): Promise<void> {
  const { entry } = shipment;
  await db
    .insertInto('shipment')
    .values({
      release_id: shipment.releaseId,
      ring: shipment.ring,
      shipped_at: entry.kind === 'afterwards' ? entry.shippedAt : shipment.recordedAt,
      recorded_at: shipment.recordedAt,
      recorded_by: shipment.recordedBy,
      afterwards: entry.kind === 'afterwards',
      ...(entry.kind === 'asked' && {
        verdict: entry.verdict,
        facts_hash: entry.factsHash,
        past_gate_reason: entry.pastGateReason,
      }),
    })
    .execute();
}
