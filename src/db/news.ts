/** News of what was committed, by whichever instance on the same database. */

/** Where the functions that give every change its instant notify (migrations/0010). */
export const newsChannel = 'holdfast_news';

/** What news may be about, as the notifications name it. */
export const newsTopics = {
  /** Products, checks and incidents. */
  catalogue: 'catalogue',
  /** The facts about one release. */
  release: (releaseId: number) => `release:${releaseId}`,
  /** The facts about any release. */
  anyRelease: 'release',
  /** There is something to be sent. */
  webhooks: 'webhooks',
} as const;

export interface News {
  /**
   * Calls `hear` after a change of one of the topics was committed, and whenever that may have been missed. Whoever
   * subscribes first and asks the database then misses nothing. Answers how to end it.
   */
  subscribe(topics: readonly string[], hear: () => void): () => void;
}

/** Hands news on to those who are subscribed in this process. */
export interface NewsDesk extends News {
  publish(topic: string): void;
  /** Something may have happened on any topic. */
  publishAll(): void;
}

export function newsDesk(): NewsDesk {
  const hearers = new Map<string, Set<() => void>>();

  return {
    subscribe(topics, hear) {
      // Its own, so that the same function may be subscribed twice.
      const call = () => hear();
      for (const topic of topics) {
        const those = hearers.get(topic) ?? new Set();
        hearers.set(topic, those.add(call));
      }
      return () => {
        for (const topic of topics) {
          const those = hearers.get(topic);
          those?.delete(call);
          if (those?.size === 0) hearers.delete(topic);
        }
      };
    },
    publish(topic) {
      // `release:7` is also news of some release.
      const topics = new Set([topic, topic.split(':')[0] ?? '']);
      for (const one of topics) for (const call of [...(hearers.get(one) ?? [])]) call();
    },
    publishAll() {
      for (const call of new Set([...hearers.values()].flatMap((those) => [...those]))) call();
    },
  };
}
