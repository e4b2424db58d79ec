/** Asks the gate for good: its decision is kept with all it rests on, and signed where it lets a release ship. */
import { signStatement } from '../../attestation/dsse.ts';
import type { SigningKey } from '../../attestation/ed25519-key.ts';
import { type PassingDecision, verificationResult } from '../../attestation/verification-result.ts';
import type { Input } from '../../contract/handlers.ts';
import { unprocessable } from '../../contract/problems.ts';
import { type Change, writerOf, written } from '../../db/write.ts';
import { decide, gateVersion } from '../../gate/index.ts';
import { absolute, links } from '../../web/links.ts';
import { factsHash } from '../facts-hash.ts';
import { findRelease, notAskable } from '../find-release.ts';
import { loadFacts } from '../gate-facts.ts';
import { type ReleaseBody, unknownRing } from '../release.ts';
import type { ReportUrl } from '../report-url.ts';
import { holdCatalogue, nextFactAt, releaseBody } from '../store.ts';
import { showRecorded } from './recorded-decision.ts';
import { keyForSigning } from './signing-keys.ts';
import { findDecision, insertDecision, insertSignature, type NewDecision } from './store.ts';

export interface Recording {
  publicUrl: string;
  reportUrl: ReportUrl;
  /** The operator's own; null for one that is kept in the database. */
  signingKey: SigningKey | null;
}

export async function recordDecision(
  change: Change,
  request: Input<'recordDecision'>,
  recording: Recording,
) {
  const { path, body, caller } = request;
  const { ring } = body;
  const found = await findRelease(change, caller, path);
  if (found.kind === 'problem') return found.answer;
  const { product, release } = found;
  if (!product.rings.includes(ring)) {
    return unprocessable([{ pointer: '/ring', detail: unknownRing(ring, product) }]);
  }
  // An instant of its own among the facts: what is already under way comes before it and is waited for, and everything
  // else comes after it, so that `asOf` gives the same for ever. A lock alone would not do, since those who wait for it
  // have looked at the clock already.
  const asOf = await nextFactAt(change, release.id);
  await holdCatalogue(change);
  const loaded = await loadFacts(change, { ...path, ring, asOf });
  if (loaded.kind !== 'found') return notAskable(loaded, path);
  const { facts } = loaded;
  const made: NewDecision = {
    releaseId: release.id,
    asOf,
    decision: decide(facts, asOf),
    facts,
    factsHash: factsHash(facts, asOf),
    gateVersion,
    recordedBy: writerOf(request),
  };
  const id = await insertDecision(change, made);
  const { artifacts } = await releaseBody(change, release.id);
  if (made.decision.mayShip && artifacts.length > 0) {
    await sign(change, id, made, artifacts, recording);
  }
  const stored = await findDecision(change, id, null);
  if (!stored) throw new Error(`The decision ${id} was just recorded.`);
  const Location = links.decision(String(id));
  const answer = {
    status: 201 as const,
    headers: { Location },
    body: showRecorded(stored, caller, recording.reportUrl),
  };
  const { verdict } = made.decision;
  return written(answer, {
    subject: Location,
    change: { ring, verdict, asOf, factsHash: made.factsHash },
  });
}

/** The statement that comes with a decision that lets a release with artifacts ship. */
async function sign(
  change: Change,
  id: number,
  made: NewDecision,
  artifacts: ReleaseBody['artifacts'],
  { publicUrl, signingKey }: Recording,
): Promise<void> {
  const addressOf = (link: string) => new URL(absolute({ publicUrl }, link)).href;
  const statement = verificationResult(passing(made), artifacts, {
    verifier: addressOf(links.gate(gateVersion)),
    uri: addressOf(links.decision(String(id))),
  });
  const payload = Buffer.from(JSON.stringify(statement));
  const key = await keyForSigning(change, signingKey);
  const signature = signStatement(payload, key);
  await insertSignature(change, id, { payload, keyid: key.keyid, signature });
}

/** What the world is told of it. */
function passing({ decision, facts, asOf, ...made }: NewDecision): PassingDecision {
  const { product, release, ring } = facts;
  const { holds = [] } = decision;
  return {
    product: product.key,
    version: release.version ?? '',
    ring,
    verdict: decision.verdict as PassingDecision['verdict'],
    asOf,
    factsHash: made.factsHash,
    gateVersion: made.gateVersion,
    ...(holds.length > 0 && { holds: holds.map(({ hold }) => hold) }),
  };
}
