/** A waiver: as it is stored, as the gate reads it, and as it is shown. */
import type { components } from '../../contract/types.gen.ts';
import {
  type RequirementStatus,
  type Severity,
  type Variant,
  type WaiverFact,
  waiverLimits,
} from '../../gate/index.ts';

export type Waiver = components['schemas']['Waiver'];
export type WaiverStatus = components['schemas']['WaiverStatus'];

/** With how it stands at the moment of reading. */
export interface StoredWaiver {
  id: number;
  release_id: number;
  product: string;
  version: string;
  /** Of the product, in their order. */
  rings: string[];
  check: string;
  variant: unknown;
  versions: string | null;
  reason: string;
  ticket_url: string | null;
  requested_by: string;
  requested_at: string;
  expires_at: string;
  status: WaiverStatus;
  /** The gravest incident behind the check; null where there is none. */
  risks: string | null;
  severity: Severity | null;
  approved_by: string | null;
  approved_at: string | null;
  approved_over: string | null;
  revoked_by: string | null;
  revoked_at: string | null;
  revocation_reason: string | null;
}

export function showWaiver(row: StoredWaiver): Waiver {
  const severity = row.severity ?? 'sev4';
  return {
    id: String(row.id),
    product: row.product,
    version: row.version,
    versions: row.versions,
    check: row.check,
    variant: row.variant as Variant | null,
    reason: row.reason,
    ticketUrl: row.ticket_url,
    status: row.status,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    risks: row.risks,
    severity,
    // A product may ask for shorter waivers, but never for fewer people.
    secondPerson: waiverLimits(severity, { waiverDaysMax: {} }).secondPerson,
    approval: approvalOf(row),
    revocation: revocationOf(row),
  };
}

export function waiverFact(row: StoredWaiver): WaiverFact {
  return {
    id: String(row.id),
    check: row.check,
    variant: row.variant as Variant | null,
    versions: row.versions,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    approval: approvalOf(row),
    revokedAt: row.revoked_at,
  };
}

function approvalOf(row: StoredWaiver): Waiver['approval'] {
  const { approved_by: by, approved_at: at, approved_over: over } = row;
  if (by === null || at === null || over === null) return null;
  return { by, at, over: over as RequirementStatus };
}

function revocationOf(row: StoredWaiver): Waiver['revocation'] {
  const { revoked_by: by, revoked_at: at, revocation_reason: reason } = row;
  return by === null || at === null || reason === null ? null : { by, at, reason };
}
