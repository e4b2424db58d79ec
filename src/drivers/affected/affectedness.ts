/** Does this concern me? For whoever answers it: from what the database has now, by the evaluator. */
import type { Kysely } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import { rememberedByView } from '../remembered.ts';
import type { AffectedInput } from './ask.ts';
import { loadRecorded, loadStamp, type View } from './catalogue-store.ts';
import type { Concerned } from './concerned.ts';
import type { CatalogueInJson, EvaluationInJson, Evaluator } from './evaluator.ts';

/** `busy`: as much is waiting to be answered as is held. */
export type Answered = EvaluationInJson | { kind: 'busy' };

export interface Affectedness {
  /** `printed` is an inventory as bytes, where it does not stand in `asked`. Nothing of either is kept. */
  answer(view: View, asked: AffectedInput, printed?: Uint8Array | null): Promise<Answered>;
  /** As everyone may know it. */
  concerned(): Promise<Concerned>;
  /** Everything that everyone is answered from. */
  handOut(): Promise<CatalogueInJson>;
}

/** What was made from a catalogue and is handed out again and again, while that is the one. */
interface Kept {
  catalogue: string;
  handedOut: CatalogueInJson | null;
}

export function affectedness(db: Kysely<Database>, evaluator: Evaluator): Affectedness {
  const kept = rememberedByView(
    () => loadStamp(db),
    async (view: View, catalogue): Promise<Kept> => {
      await evaluator.keep(catalogue, view, await loadRecorded(db, view));
      return { catalogue, handedOut: null };
    },
  );

  /** Once more where the evaluator had to let go of the catalogue, or broke down since and keeps nothing. */
  async function ask<Reply>(
    view: View,
    question: (known: Kept) => Promise<Reply | null>,
  ): Promise<Reply> {
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const reply = await question(await kept.of(view));
      if (reply !== null) return reply;
      kept.forget(view);
    }
    throw new Error(`The catalogue was let go of ${attemptsMax} times before it could be asked.`);
  }

  let waiting = 0;
  const anyone: View = { kind: 'anyone' };
  return {
    async answer(view, asked, printed = null) {
      const text = JSON.stringify(asked);
      const size = text.length + (printed?.length ?? 0);
      if (waiting > 0 && waiting + size > waitingMax) return { kind: 'busy' };
      waiting += size;
      try {
        return await ask(view, ({ catalogue }) => evaluator.answer(catalogue, text, printed));
      } finally {
        waiting -= size;
      }
    },
    concerned: () => ask(anyone, ({ catalogue }) => evaluator.concerned(catalogue)),
    handOut: () =>
      ask(anyone, async (known) => {
        known.handedOut ??= await evaluator.handOut(known.catalogue);
        return known.handedOut;
      }),
  };
}

const attemptsMax = 3;

/** Characters and bytes of questions that are held at a time: six of the largest, or hundreds of usual machines. */
const waitingMax = 64 * 1024 * 1024;
