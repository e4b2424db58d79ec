/** What somebody who waits for news is woken by. */

export interface Bell {
  /** Wakes whoever waits for it, now or the next time. */
  ring(): void;
  /** Forgets that it was rung. */
  still(): void;
  /** Answers when it rings, at once where it has rung, and after `withinMs` in any case. */
  rung(withinMs: number): Promise<void>;
}

export function newBell(): Bell {
  let hasRung = false;
  let wake = () => {};
  return {
    ring() {
      hasRung = true;
      wake();
    },
    still() {
      hasRung = false;
    },
    async rung(withinMs) {
      if (hasRung) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.ceil(withinMs));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
