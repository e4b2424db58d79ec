/** A regression check: how its document is completed, judged and shown. */
import type { Caller } from '../contract/caller.ts';
import type { components } from '../contract/types.gen.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import type { StoredDocument } from '../documents/store.ts';
import { type Proof, variantKey } from '../gate/index.ts';
import { mayReadOf } from './scope.ts';

export type CheckInput = components['schemas']['CheckInput'];
export type Check = components['schemas']['Check'];

/**
 * What is stored: every field there, so that revisions differ only in what was meant; instants as `utcInstant` writes
 * them, since the gate compares them as text.
 */
export type CheckBody = Required<CheckInput>;

/** Places in the body, with a sentence each; empty where nothing is wrong. */
export type Faults = { pointer: string; detail: string }[];

export function completeCheck(input: CheckInput): CheckBody {
  return {
    title: input.title,
    purpose: input.purpose,
    kind: input.kind,
    enforcement: input.enforcement,
    appliesTo: input.appliesTo,
    variants: input.variants ?? [],
    variantsFrom: input.variantsFrom ?? null,
    reportedAs: input.reportedAs ?? [],
    allowSkipped: input.allowSkipped ?? false,
    minCases: input.minCases ?? 1,
    minimum: input.minimum ?? null,
    howToRun: input.howToRun ?? {},
    owner: input.owner,
    effectiveFrom: input.effectiveFrom ? utcInstant(input.effectiveFrom) : null,
    retiredAt: input.retiredAt ? utcInstant(input.retiredAt) : null,
  };
}

/** A check as it is read, with what others say of it. */
export interface StoredCheck extends StoredDocument<CheckBody> {
  /** By key, withdrawn ones left out. */
  incidents: GuardedIncident[];
  /** The change that waits for a second person. */
  proposal: Check['proposal'];
}

/** An incident that a check guards against. */
export interface GuardedIncident {
  key: string;
  proof: Proof;
  /** Whether everybody may read that the check guards against it. */
  isPublic: boolean;
  /** Keys of the products that it affects; empty: not known yet. */
  products: string[];
}

const proofsShownMax = 100;

export function showCheck(document: StoredCheck, caller: Caller): Check {
  const { key, body, incidents, proposal, revision, createdAt, updatedAt } = document;
  const proofs = incidents.slice(0, proofsShownMax).map((incident) => ({
    incident: incident.key,
    proof: mayReadOf(caller, incident) ? incident.proof : null,
  }));
  const keys = incidents.map((incident) => incident.key);
  return { key, ...body, incidents: keys, proofs, proposal, revision, createdAt, updatedAt };
}

/** Drivers that it takes variants from by their keys; empty where it takes them from all that its incidents name. */
export function driversNamed({ variantsFrom }: CheckBody): string[] {
  return variantsFrom === null || variantsFrom.drivers === 'all' ? [] : variantsFrom.drivers;
}

/** What is wrong in the check itself. */
export function faultsWithin(body: CheckBody): Faults {
  const faults: Faults = [];
  const runsOnMachines = body.kind === 'canary' || body.kind === 'soak';
  if (runsOnMachines && !body.minimum) {
    const detail = `A ${body.kind} check needs machines and hours, else it passes on none. Say how many at least.`;
    faults.push({ pointer: '/minimum', detail });
  }
  if (body.minimum && !runsOnMachines) {
    const detail = `A ${body.kind} check has no machines or hours to count. Leave it out, or make the kind canary or soak.`;
    faults.push({ pointer: '/minimum', detail });
  }
  const seen = new Map<string, number>();
  body.variants.forEach((variant, index) => {
    const first = seen.get(variantKey(variant));
    if (first === undefined) seen.set(variantKey(variant), index);
    else {
      const detail = `It is the same variant as /variants/${first}. Leave one of them out.`;
      faults.push({ pointer: `/variants/${index}`, detail });
    }
  });
  return faults;
}
