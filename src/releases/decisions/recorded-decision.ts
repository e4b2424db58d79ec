/** A recorded decision: decided again from its facts, and shown to one reader. */
import { envelopeOf } from '../../attestation/dsse.ts';
import type { Caller } from '../../contract/caller.ts';
import type { components } from '../../contract/types.gen.ts';
import {
  type Decision,
  decide,
  type Facts,
  gateVersion,
  mayRead,
  type Reader,
} from '../../gate/index.ts';
import { canonicalText, factsHash } from '../facts-hash.ts';
import type { ReportUrl } from '../report-url.ts';
import { readerOf, showDecided } from '../show-decision.ts';

export type RecordedDecision = components['schemas']['RecordedDecision'];
type Replay = components['schemas']['Replay'];

export interface StoredDecision {
  id: number;
  asOf: string;
  /** As the gate gave it, before anything was left out for a reader. */
  decision: Decision;
  /** Everything that it was given. */
  facts: Facts;
  factsHash: string;
  gateVersion: number;
  recordedBy: string;
  signed: { payload: Buffer; keyid: string; signature: Buffer } | null;
}

/** What this gate makes of the recorded facts. */
export function replay({ decision, facts, asOf, ...recorded }: StoredDecision): Replay {
  const again = decide(facts, asOf);
  const hash = factsHash(facts, asOf);
  const same = hash === recorded.factsHash && canonicalText(again) === canonicalText(decision);
  return { same, gateVersion, factsHash: hash, verdict: again.verdict };
}

export function showRecorded(
  stored: StoredDecision,
  caller: Caller,
  reportUrl: ReportUrl,
): RecordedDecision {
  const { id, recordedBy, gateVersion: decidedBy, decision, facts, asOf, signed } = stored;
  const shown = showDecided(decision, facts, readerOf(caller), reportUrl);
  return {
    id: String(id),
    recordedBy,
    gateVersion: decidedBy,
    decision: { ...shown, asOf, factsHash: stored.factsHash },
    replay: replay(stored),
    envelope: signed && envelopeOf(signed),
    noEnvelopeBecause: signed ? null : whyUnsigned(decision),
  };
}

function whyUnsigned({ mayShip }: Decision): string {
  return mayShip
    ? 'The release lists no artifacts, so there is nothing that a statement could be about. Put it with its artifacts, and record a decision again.'
    : 'The release may not ship.';
}

/** Whether the facts hold nothing that would be left out of the decision for this reader. */
export function mayReadFacts(
  { incidents, holds = [], proposedHolds = [] }: Facts,
  reader: Reader,
): boolean {
  const spokenOf = [...incidents, ...holds, ...proposedHolds];
  return reader.readsUnpublished && spokenOf.every((one) => mayRead(reader, one));
}
