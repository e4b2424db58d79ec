/** The answer for a machine: as a whole, for each incident considered, and for each of its drivers. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import type { Machine } from './machine.ts';
import type { AffectedVerdict } from './verdict.ts';

export interface Evaluation {
  /** The gravest of all below. `not_listed` where nothing at all is recorded of the product. */
  readonly verdict: AffectedVerdict;
  readonly catalogueRevision: string;
  /** Every incident of the product, the gravest answer first, then by key. */
  readonly incidents: readonly IncidentAnswer[];
  /** One for each driver handed in, in their order; empty where no list was. */
  readonly drivers: readonly DriverAnswer[];
}

export interface IncidentAnswer {
  readonly incident: string;
  readonly title: string;
  readonly verdict: AffectedVerdict;
  /** One sentence. */
  readonly evidence: string;
  /** What would lead to a better answer. */
  readonly missing: readonly Missing[];
  readonly whatToDo: string;
}

export interface DriverAnswer {
  readonly item: InventoryItem;
  /** Which recorded driver it is, or is most gravely taken for; null where it is none. */
  readonly driver: string | null;
  readonly verdict: AffectedVerdict;
  readonly basis: Basis;
  /** One sentence. */
  readonly evidence: string;
  readonly missing: readonly Missing[];
  /** Those that affect it, or may, the gravest answer first. */
  readonly incidents: readonly string[];
}

/**
 * What an answer about a driver rests on, strongest first. Where every version is affected, `…version…`
 * rests on no version of the driver's. `evidence_conflict`: it is recorded as affected, and was found unaffected.
 * `identity_conflict`: what is known of it points to different drivers.
 */
export const bases = [
  'sha256',
  'authentihash',
  'name_version_signer',
  'name_version',
  'evidence_conflict',
  'identity_conflict',
  'name',
  'none',
] as const;

export type Basis = (typeof bases)[number];

/** Something that the caller can add. */
export interface Missing {
  /** Where to add it: to the machine, or to the driver that it is about. Null where only a person can tell. */
  readonly field: keyof Machine | keyof InventoryItem | null;
  /** A sentence or two that say what. */
  readonly detail: string;
  /** What prints it; null where no command does, or the system is not known. */
  readonly command: string | null;
}

/** The same thing is asked for once, for the field that was missing first. */
export function distinct(missing: readonly Missing[]): readonly Missing[] {
  if (missing.length < 2) return missing;
  const asked = new Set<string>();
  return missing.filter(({ detail }) => {
    const again = asked.has(detail);
    asked.add(detail);
    return !again;
  });
}
