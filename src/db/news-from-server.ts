/** Listens to a PostgreSQL server for news, on a connection of its own. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type News, newsChannel, newsDesk } from './news.ts';

export interface NewsFromServer {
  news: News;
  /** Ends the connection. May be called again. */
  close(): Promise<void>;
}

const firstPauseMs = 100;
const pauseMsMax = 10_000;

/**
 * Connects when somebody first subscribes, and stays. After a loss it connects again, at ever longer intervals while
 * the server is away; as soon as it listens it tells everybody, since nobody knows what was said meanwhile.
 */
export function newsFromServer(
  url: string,
  { onConnectionLost }: { onConnectionLost(error: Error): void },
): NewsFromServer {
  const desk = newsDesk();
  const ending = new AbortController();
  let listening: Promise<void> | undefined;

  async function keepListening(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!ending.signal.aborted) {
      await listenOnce(() => {
        pauseMs = firstPauseMs;
        desk.publishAll();
      });
      // Differs between instances, so that they do not all come back at once.
      const rest = pauseMs * (0.5 + Math.random());
      await pause(rest, undefined, { ref: false, signal: ending.signal }).catch(() => {});
      pauseMs = Math.min(2 * pauseMs, pauseMsMax);
    }
  }

  /** Answers when the connection is over, or was not to be had. */
  async function listenOnce(onListening: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'holdfast news',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 30_000,
    });
    const over = new Promise<void>((resolve) => client.once('end', resolve));
    const end = () => void client.end().catch(() => {});
    // A connection says twice that it broke, and an error that nobody listens to ends the process.
    client.on('error', () => {});
    client.on('notification', ({ payload = '' }) => desk.publish(payload));
    ending.signal.addEventListener('abort', end);
    try {
      await client.connect();
      client.once('error', (error) => {
        if (!ending.signal.aborted) onConnectionLost(error);
      });
      await client.query(`listen ${newsChannel}`);
      onListening();
      await over;
    } catch {
      // Whoever asks the database meanwhile learns that it is away, and says so.
      end();
    } finally {
      ending.signal.removeEventListener('abort', end);
    }
  }

  return {
    news: {
      subscribe(topics, hear) {
        const unsubscribe = desk.subscribe(topics, hear);
        listening ??= keepListening();
        return unsubscribe;
      },
    },
    async close() {
      ending.abort();
      await listening;
    },
  };
}
