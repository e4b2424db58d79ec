/**
 * The evaluator in a thread of its own: anybody may ask about a machine with thousands of drivers, and nobody's gate
 * waits meanwhile.
 */
import type { MessagePort } from 'node:worker_threads';
import { type Evaluator, evaluator } from './evaluator.ts';

interface Asked {
  id: number;
  what: keyof Evaluator;
  with: readonly unknown[];
}

type Replied = { id: number; reply: unknown } | { id: number; error: unknown };

/** As much of a thread as is needed of it. */
export interface EvaluatorThread {
  postMessage(asked: Asked): void;
  on(event: 'message', listener: (replied: Replied) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  /** It keeps the process from ending. */
  ref(): void;
  unref(): void;
}

/** The thread's side. Answers every message, in their order. */
export function serveEvaluator(
  port: Pick<MessagePort, 'on' | 'postMessage'>,
  publicUrl: string,
): void {
  const own = evaluator(publicUrl);
  port.on('message', async ({ id, what, with: given }: Asked) => {
    try {
      const reply = await (own[what] as (...given: readonly unknown[]) => Promise<unknown>)(
        ...given,
      );
      port.postMessage({ id, reply } satisfies Replied, buffersOf(reply));
    } catch (error) {
      port.postMessage({ id, error } satisfies Replied);
    }
  });
}

/** What is handed over rather than copied. */
function buffersOf(reply: unknown): ArrayBuffer[] {
  const { json } = (reply ?? {}) as { json?: Uint8Array<ArrayBuffer> };
  return json === undefined ? [] : [json.buffer];
}

/**
 * Starts the thread when it is first needed, and another one where it broke down: what it was asked is then refused, and
 * the new one keeps nothing yet.
 */
export function evaluatorIn(start: () => EvaluatorThread): Evaluator {
  let running: Running | null = null;
  const begin = (): Running => {
    const begun = runningIn(start(), () => {
      if (running === begun) running = null;
    });
    return begun;
  };
  const call =
    (what: keyof Evaluator) =>
    (...given: readonly unknown[]): Promise<never> => {
      running ??= begin();
      return running.ask(what, given) as Promise<never>;
    };
  return {
    keep: call('keep'),
    answer: call('answer'),
    concerned: call('concerned'),
    handOut: call('handOut'),
  };
}

interface Running {
  ask(what: keyof Evaluator, given: readonly unknown[]): Promise<unknown>;
}

interface Asker {
  resolve(reply: unknown): void;
  reject(error: unknown): void;
}

function runningIn(thread: EvaluatorThread, ended: () => void): Running {
  const waiting = new Map<number, Asker>();
  let asked = 0;

  const breakDown = (cause: unknown) => {
    ended();
    const error = new Error('The thread that answers for machines broke down.', { cause });
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  thread.on('error', breakDown);
  thread.on('exit', () => breakDown(null));
  thread.on('message', (replied) => {
    const asker = waiting.get(replied.id);
    waiting.delete(replied.id);
    if (waiting.size === 0) thread.unref();
    if ('error' in replied) asker?.reject(replied.error);
    else asker?.resolve(replied.reply);
  });

  return {
    ask(what, given) {
      const id = ++asked;
      thread.ref();
      thread.postMessage({ id, what, with: given });
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
  };
}
