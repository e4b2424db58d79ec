/** Where callers are kept until what they ask about is decided, without asking the database meanwhile. */
import { type Bell, newBell } from '../db/bell.ts';
import type { News } from '../db/news.ts';

/** An answer, and what could still change it. */
export interface Asked<Answer> {
  answer: Answer;
  /** Null: it is settled. */
  open: null | {
    topics: readonly string[];
    /** When time alone changes something; null: never. */
    changesInMs: number | null;
  };
}

export function settled<Answer>(answer: Answer): Asked<Answer> {
  return { answer, open: null };
}

export interface WaitingRoom {
  /**
   * Asks, and while the answer is open asks again whenever something happened that could have changed it. Gives the
   * last answer once it is settled, `seconds` are over, the caller has gone or the service ends; `full` where it would
   * have to wait and there is no seat left.
   */
  wait<Answer>(
    ask: () => Promise<Asked<Answer>>,
    patience: { seconds: number; gone: AbortSignal },
  ): Promise<{ kind: 'answered'; answer: Answer } | { kind: 'full' }>;
  /** How many wait now. */
  occupied(): number;
}

/** Each costs a socket, and a question to the database whenever something happens. */
const seats = 500;

export function waitingRoom({
  news,
  ending,
  seatsMax = seats,
}: {
  news: News;
  ending: AbortSignal;
  seatsMax?: number;
}): WaitingRoom {
  const bells = new Set<Bell>();
  ending.addEventListener('abort', () => {
    for (const bell of bells) bell.ring();
  });

  return {
    async wait(ask, { seconds, gone }) {
      const end = performance.now() + seconds * 1000;
      const first = await ask();
      if (first.open === null) return { kind: 'answered', answer: first.answer };
      if (bells.size >= seatsMax) return { kind: 'full' };
      const bell = newBell();
      bells.add(bell);
      gone.addEventListener('abort', bell.ring);
      const unsubscribe = news.subscribe(first.open.topics, bell.ring);
      try {
        for (;;) {
          // What happens from here on rings, also what happens while it asks.
          bell.still();
          const { answer, open } = await ask();
          const left = end - performance.now();
          const leaves = left <= 0 || gone.aborted || ending.aborted;
          if (open === null || leaves) return { kind: 'answered', answer };
          await bell.rung(Math.min(left, open.changesInMs ?? left));
          if (gone.aborted) return { kind: 'answered', answer };
        }
      } finally {
        unsubscribe();
        gone.removeEventListener('abort', bell.ring);
        bells.delete(bell);
      }
    },
    occupied: () => bells.size,
  };
}
