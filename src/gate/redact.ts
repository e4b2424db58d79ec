/** Takes out of an answer what its reader may not read: of an incident, all but its key, severity and public words. */
import type { Decision, HoldToHonour, Reason } from './decision.ts';

/** Who is told. */
export interface Reader {
  /** Whether they read incidents that are not published at all. */
  readsUnpublished: boolean;
  /** Keys of the products that they are bound to; null for all. */
  products: readonly string[] | null;
}

/** The decision for this reader. Its sentences need no change: they name incidents by key and severity only. */
export function redact(decision: Decision, reader: Reader): Decision {
  const { answers, holds } = decision;
  return {
    ...decision,
    answers: redactReasons(answers, reader),
    ...(holds && { holds: holds.map((hold) => redactHold(hold, reader)) }),
  };
}

function redactHold(hold: HoldToHonour, reader: Reader): HoldToHonour {
  return mayRead(reader, hold) ? hold : { ...hold, title: hold.publicTitle };
}

/** The same for requirements, or for anything else that carries reasons. */
export function redactReasons<T extends { guardsAgainst: readonly Reason[] }>(
  items: readonly T[],
  reader: Reader,
): readonly T[] {
  return items.map((item) =>
    item.guardsAgainst.every((reason) => mayRead(reader, reason))
      ? item
      : {
          ...item,
          guardsAgainst: item.guardsAgainst.map((reason) => redactReason(reason, reader)),
        },
  );
}

/** An incident of which nobody knows yet whom it concerns may concern anybody. */
export function mayRead(
  { readsUnpublished, products }: Reader,
  incident: { products: readonly string[] },
): boolean {
  if (!readsUnpublished) return false;
  if (products === null || incident.products.length === 0) return true;
  return incident.products.some((product) => products.includes(product));
}

function redactReason(reason: Reason, reader: Reader): Reason {
  if (mayRead(reader, reason)) return reason;
  const { publicTitle, publicWhy, proof } = reason;
  return {
    ...reason,
    title: publicTitle,
    why: publicWhy,
    proof: publicWhy === null ? null : proof,
  };
}
