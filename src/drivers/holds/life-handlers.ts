/** The life of a hold over HTTP: activated, released, and overridden for a while. */
import type { Caller } from '../../contract/caller.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { type ProblemFault, problem, unprocessable } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import { utcInstant } from '../../contract/utc-instant.ts';
import { nextCatalogueAt } from '../../db/clock.ts';
import type { Service } from '../../db/service.ts';
import { type Change, writerOf, written } from '../../db/write.ts';
import { millisecondsBetween } from '../../gate/index.ts';
import { rangeFaults } from '../../incidents/references.ts';
import { isApprover, refuseActivation } from './activation.ts';
import { holdNotFound } from './handlers.ts';
import type { StoredHold } from './hold.ts';
import { conditionStandings, isMet, whyNotMet } from './release-condition.ts';
import { holdAddress, holdAnswer, insightOf, showHold } from './show-hold.ts';
import { findHold, lockHold } from './store.ts';
import {
  type HoldStep,
  insertOverride,
  insertOverrideRevocation,
  reviseHold,
} from './write-hold.ts';

type LifeHandlers = Pick<
  Handlers,
  'activateHold' | 'releaseHold' | 'overrideHold' | 'revokeHoldOverride'
>;

const overrideDaysMax = 90;
const dayMs = 86_400_000;

export function holdLifeHandlers({ write, publicUrl }: Service): LifeHandlers {
  const shown = async (change: Change, id: number, caller: Caller) => {
    const hold = await findHold(change, id, null);
    if (!hold) throw new Error(`The hold ${id} was just there.`);
    return showHold(hold, insightOf(caller, hold), publicUrl);
  };

  return {
    async activateHold(request) {
      const { path, body, caller } = request;
      return write(request, 'activateHold', async (change) => {
        const hold = await lockFor(change, path.hold, caller);
        if (!hold) return holdNotFound(path.hold);
        if (hold.state !== 'proposed') return problem('conflict', standsAlready(hold));
        if (hold.withdrawn) {
          return problem(
            'conflict',
            `${hold.incident} is withdrawn: it harms nothing that could be held.`,
          );
        }
        const refusal = refuseActivation(hold, caller);
        if (refusal) return problem(refusal.kind, refusal.why);
        const at = await nextCatalogueAt(change);
        const signed = { by: writerOf(request), at, reason: body.reason };
        await reviseHold(change, hold, { change: 'activated' }, signed);
        const answer = holdAnswer(await shown(change, hold.id, caller));
        return written(answer, { subject: holdAddress(hold.id), change: body });
      });
    },

    async releaseHold(request) {
      const { path, body, caller } = request;
      if (body.pastConditionReason !== undefined && !isApprover(caller)) {
        return problem(
          'forbidden',
          'Only an approver releases a hold past its condition. Ask one, or leave pastConditionReason (--past-condition-reason on the command line) out.',
        );
      }
      return write(request, 'releaseHold', async (change) => {
        const hold = await lockFor(change, path.hold, caller);
        if (!hold) return holdNotFound(path.hold);
        if (hold.state === 'released') return problem('conflict', standsAlready(hold));
        const at = await nextCatalogueAt(change);
        const step = await releaseStep(change, hold, body.pastConditionReason ?? null);
        if (step.kind === 'refused') return problem('conflict', step.why);
        const signed = { by: writerOf(request), at, reason: body.reason };
        await reviseHold(change, hold, step.step, signed);
        const answer = holdAnswer(await shown(change, hold.id, caller));
        return written(answer, { subject: holdAddress(hold.id), change: body });
      });
    },

    async overrideHold(request) {
      const { path, body, caller } = request;
      const { versions = null, rings = null, reason } = body;
      const expiresAt = utcInstant(body.expiresAt);
      return write(request, 'overrideHold', async (change) => {
        const hold = await lockFor(change, path.hold, caller);
        if (!hold) return holdNotFound(path.hold);
        if (hold.state !== 'active') {
          return problem('conflict', `Hold ${hold.id} is ${hold.state}, so it holds nothing now.`);
        }
        const at = await nextCatalogueAt(change);
        const faults = scopeFaults(hold, { versions, rings }).concat(expiryFaults(at, expiresAt));
        if (faults.length > 0) return unprocessable(faults);
        const signed = { by: writerOf(request), at, reason };
        await insertOverride(change, hold.id, { versions, rings, expiresAt }, signed);
        const answer = { status: 201 as const, body: await shown(change, hold.id, caller) };
        return written(answer, { subject: holdAddress(hold.id), change: body });
      });
    },

    async revokeHoldOverride(request) {
      const { path, body, caller } = request;
      return write(request, 'revokeHoldOverride', async (change) => {
        const hold = await lockFor(change, path.hold, caller);
        if (!hold) return holdNotFound(path.hold);
        const override = hold.overrides.find(({ id }) => id === path.override);
        if (!override) {
          return problem('not-found', `Hold ${hold.id} has no override ${path.override}.`);
        }
        if (override.revocation) {
          const { by, at } = override.revocation;
          return problem('conflict', `${by} revoked it at ${at}. Nothing is left to do.`);
        }
        const at = await nextCatalogueAt(change);
        const signed = { by: writerOf(request), at, reason: body.reason };
        const revoked = { holdId: hold.id, overrideId: override.id };
        await insertOverrideRevocation(change, revoked, signed);
        const answer = holdAnswer(await shown(change, hold.id, caller));
        return written(answer, { subject: holdAddress(hold.id), change: body });
      });
    },
  };
}

/** Null where the caller may not know of it, or may read it only as everybody does. */
async function lockFor(change: Change, id: string, caller: Caller): Promise<StoredHold | null> {
  const hold = await lockHold(change, id, productsOf(caller));
  return hold && insightOf(caller, hold) === 'whole' ? hold : null;
}

/** A hold that was never active held nothing, so nothing is asked of its release. */
async function releaseStep(
  change: Change,
  hold: StoredHold,
  pastConditionReason: string | null,
): Promise<{ kind: 'released'; step: HoldStep } | { kind: 'refused'; why: string }> {
  const released = { change: 'released' as const, pastConditionReason: null, condition: null };
  if (hold.state === 'proposed') return { kind: 'released', step: released };
  const condition = await conditionStandings(change, hold);
  if (isMet(condition)) return { kind: 'released', step: { ...released, condition } };
  if (pastConditionReason !== null) {
    return { kind: 'released', step: { ...released, condition, pastConditionReason } };
  }
  const why = `${whyNotMet(condition)} An approver can release it all the same, and says why: as pastConditionReason, or by --past-condition-reason on the command line.`;
  return { kind: 'refused', why };
}

function scopeFaults(
  hold: StoredHold,
  { versions, rings }: { versions: string | null; rings: readonly string[] | null },
): ProblemFault[] {
  if (versions === null && rings === null) {
    const detail = 'Say for which versions or rings. To end the hold everywhere, release it.';
    return [{ pointer: '', detail }];
  }
  const unknown = (rings ?? []).flatMap((ring, index) =>
    hold.rings.includes(ring)
      ? []
      : [
          {
            pointer: `/rings/${index}`,
            detail: `${hold.product} has no ring '${ring}'. Its rings are ${hold.rings.join(', ')}.`,
          },
        ],
  );
  return [...rangeFaults(hold.versionScheme, versions, '/versions'), ...unknown];
}

function expiryFaults(at: string, expiresAt: string): ProblemFault[] {
  const pointer = '/expiresAt';
  const lasts = millisecondsBetween(at, expiresAt);
  if (lasts <= 0) return [{ pointer, detail: `It lies in the past; it is ${at} now.` }];
  if (lasts <= overrideDaysMax * dayMs) return [];
  const detail = `An override lasts ${overrideDaysMax} days at most. Choose an earlier instant.`;
  return [{ pointer, detail }];
}

function standsAlready({ id, state }: StoredHold): string {
  return `Hold ${id} is ${state} already. ${state === 'released' ? 'Propose another.' : 'Nothing is left to do.'}`;
}
