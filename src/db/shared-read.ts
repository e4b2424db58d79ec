/** One read of the database for all who ask at the same time. */

interface Waiting<Question, Answer> {
  question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** While one is under way the next can gather; more would only make them smaller. */
const readsMax = 2;

/**
 * Answers a question out of a `read` that begins after the question was asked, so that no answer is older than its
 * question. Few reads are under way at a time; whoever asks meanwhile shares the next. A read gives an answer for each
 * question, in their order; where it fails, all who shared it are told.
 */
export function sharedRead<Question, Answer>(
  read: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = [];
  let reads = 0;

  async function readForAll(): Promise<void> {
    const asked = waiting;
    waiting = [];
    try {
      const answers = await read(asked.map(({ question }) => question));
      // As many as there are questions: `read` promises it.
      for (const [index, { resolve }] of asked.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
    reads--;
    if (waiting.length > 0) readSoon();
  }

  function readSoon(): void {
    reads++;
    // Requests come off the network in bundles: whoever is in this one can still share the read.
    setImmediate(readForAll);
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (waiting.length === 1 && reads < readsMax) readSoon();
    });
}
