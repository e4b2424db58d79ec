/** Takes out of an answer what its reader may not read: of an unpublished incident, all but its key and severity. */
import type { Decision, Reason } from './decision.ts';

/** The decision for this reader. Its sentences need no change: they name incidents by key and severity only. */
export function redact(decision: Decision, mayReadUnpublished: boolean): Decision {
  if (mayReadUnpublished) return decision;
  return { ...decision, answers: redactReasons(decision.answers, mayReadUnpublished) };
}

/** The same for requirements, or for anything else that carries reasons. */
export function redactReasons<T extends { guardsAgainst: readonly Reason[] }>(
  items: readonly T[],
  mayReadUnpublished: boolean,
): readonly T[] {
  if (mayReadUnpublished) return items;
  return items.map((item) =>
    item.guardsAgainst.every(({ published }) => published)
      ? item
      : { ...item, guardsAgainst: item.guardsAgainst.map(redactReason) },
  );
}

function redactReason(reason: Reason): Reason {
  return reason.published ? reason : { ...reason, title: null, why: null };
}
