/** Runs beside the service: tells verdict changes and makes deliveries, woken by news and by time. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Bell, newBell } from '../db/bell.ts';
import type { OpenDatabase } from '../db/connection.ts';
import { newsTopics } from '../db/news.ts';
import { type Courier, carryOut } from './courier.ts';
import { claimErrand, nextErrandInMs } from './courier-store.ts';
import { tellVerdictChanges } from './verdict-changes.ts';
import { nextChangeInMs } from './watch-store.ts';

export interface WebhookWorker {
  /** Begins nothing more, and waits for what is on its way. */
  stop(): Promise<void>;
}

interface Settings extends Omit<Courier, 'db'> {
  publicUrl: string;
  /** Told of what failed here; the next round tries again. */
  onFailure(error: unknown): void;
}

/** News can be missed, and other instances can die: somebody looks at least this often. */
const roundMsMax = 30_000;
/** What changes within such a time is looked at together. */
const gatheringMs = 250;
/** Between two looks at what is to be sent, while others send. */
const breathMs = 20;
/** Receivers that are sent something at the same time. Each of them gets one event at a time. */
const errandsMax = 8;

export function startWebhookWorker(
  { db, news }: Pick<OpenDatabase, 'db' | 'news'>,
  { publicUrl, onFailure, ...carrying }: Settings,
): WebhookWorker {
  const ending = new AbortController();
  const courier = { db, ...carrying };

  /** Does the round again and again: when `bell` rings, and when it said that time will have come. */
  async function rounds(
    bell: Bell,
    betweenMs: number,
    round: () => Promise<number | null>,
  ): Promise<void> {
    ending.signal.addEventListener('abort', bell.ring);
    while (!ending.signal.aborted) {
      bell.still();
      const nextMs = await round().catch((error: unknown) => {
        onFailure(error);
        return null;
      });
      await pause(betweenMs, undefined, { signal: ending.signal }).catch(() => {});
      await bell.rung(Math.min(Math.max(nextMs ?? roundMsMax, 0), roundMsMax));
    }
  }

  const changes = newBell();
  const unsubscribeChanges = news.subscribe(
    [newsTopics.catalogue, newsTopics.anyRelease, newsTopics.webhooks],
    changes.ring,
  );
  const telling = rounds(changes, gatheringMs, async () => {
    await tellVerdictChanges(db, { publicUrl, onFailure, ending: ending.signal });
    return nextChangeInMs(db);
  });

  const errands = newBell();
  const unsubscribeErrands = news.subscribe([newsTopics.webhooks], errands.ring);
  const underWay = new Set<Promise<void>>();
  const delivering = rounds(errands, breathMs, async () => {
    while (underWay.size < errandsMax && !ending.signal.aborted) {
      const errand = await claimErrand(db);
      if (!errand) return nextErrandInMs(db);
      const carried = carryOut(courier, errand)
        .catch(onFailure)
        .finally(() => {
          underWay.delete(carried);
          errands.ring();
        });
      underWay.add(carried);
    }
    return null;
  });

  return {
    async stop() {
      ending.abort();
      unsubscribeChanges();
      unsubscribeErrands();
      await Promise.all([telling, delivering]);
      await Promise.all(underWay);
    },
  };
}
