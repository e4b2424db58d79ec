/** Who waits is woken by what matters to them, and by nothing else. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newsDesk } from '../../src/db/news.ts';
import { type Asked, settled, waitingRoom } from '../../src/releases/waiting-room.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (answer: string, changesInMs: number | null = null): Asked<string> => ({
  answer,
  open: { topics: ['release:1'], changesInMs },
});

/** A room whose question is answered by `answers` in their order, the last one for ever. */
function scene(answers: Asked<string>[], seatsMax = 10) {
  const news = newsDesk();
  const ending = new AbortController();
  const gone = new AbortController();
  const room = waitingRoom({ news, ending: ending.signal, seatsMax });
  let asked = 0;
  const wait = (seconds = 10) =>
    room.wait(
      async () => {
        asked += 1;
        const [answer = never(), ...later] = answers;
        if (later.length > 0) answers.shift();
        return answer;
      },
      { seconds, gone: gone.signal },
    );
  return { news, ending, gone, room, wait, asked: () => asked };
}

const turn = () => vi.advanceTimersByTimeAsync(0);

describe('a caller', () => {
  test('with a settled answer is not kept, and takes no seat', async () => {
    const { wait, asked } = scene([settled('passed')], 0);
    expect(await wait()).toEqual({ kind: 'answered', answer: 'passed' });
    expect(asked()).toBe(1);
  });

  test('is answered by the news that settles it, and asks nothing before', async () => {
    const { wait, news, asked, room } = scene([open('a'), open('a'), settled('b')]);
    const waited = wait();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked()).toBe(2);
    expect(room.occupied()).toBe(1);
    news.publish('release:2');
    await turn();
    expect(asked()).toBe(2);
    news.publish('release:1');
    expect(await waited).toEqual({ kind: 'answered', answer: 'b' });
    expect(room.occupied()).toBe(0);
  });

  test('goes on waiting after news that settles nothing', async () => {
    const { wait, news, asked } = scene([open('a'), open('a'), open('b'), settled('c')]);
    const waited = wait();
    await turn();
    news.publish('release:1');
    await turn();
    expect(asked()).toBe(3);
    news.publish('release:1');
    expect(await waited).toEqual({ kind: 'answered', answer: 'c' });
  });

  test('asks again when news may have been missed', async () => {
    const { wait, news } = scene([open('a'), open('a'), settled('b')]);
    const waited = wait();
    await turn();
    news.publishAll();
    expect(await waited).toEqual({ kind: 'answered', answer: 'b' });
  });

  test('misses nothing that happens while it asks', async () => {
    const news = newsDesk();
    const room = waitingRoom({ news, ending: new AbortController().signal });
    let asked = 0;
    const ask = async () => {
      asked += 1;
      if (asked === 2) news.publish('release:1');
      return asked < 3 ? open('a') : settled('b');
    };
    const waited = room.wait(ask, { seconds: 10, gone: new AbortController().signal });
    expect(await waited).toEqual({ kind: 'answered', answer: 'b' });
  });

  test('is answered at the instant at which time itself settles it', async () => {
    const { wait, asked } = scene([open('a', 3000), open('a', 3000), settled('b')]);
    const waited = wait();
    await vi.advanceTimersByTimeAsync(2999);
    expect(asked()).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await waited).toEqual({ kind: 'answered', answer: 'b' });
  });

  test('is given what stands when the time is over', async () => {
    const { wait, asked } = scene([open('a'), open('a'), open('b')]);
    const waited = wait(10);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waited).toEqual({ kind: 'answered', answer: 'b' });
    expect(asked()).toBe(3);
  });

  test('who has gone costs no further question, and leaves its seat', async () => {
    const { wait, gone, asked, room } = scene([open('a')]);
    const waited = wait();
    await turn();
    gone.abort();
    await waited;
    expect(asked()).toBe(2);
    expect(room.occupied()).toBe(0);
  });

  test('is given what stands when the service ends, and nobody is kept after that', async () => {
    const { wait, ending } = scene([open('a')]);
    const waited = wait();
    await turn();
    ending.abort();
    expect(await waited).toEqual({ kind: 'answered', answer: 'a' });
    expect(await wait()).toEqual({ kind: 'answered', answer: 'a' });
  });

  test('is told when every seat is taken, and finds one once somebody has left', async () => {
    const { wait, gone } = scene([open('a')], 1);
    const waited = wait();
    await turn();
    expect(await wait()).toEqual({ kind: 'full' });
    gone.abort();
    await waited;
    expect(await wait()).toEqual({ kind: 'answered', answer: 'a' });
  });

  test('whose question fails is told so, and leaves its seat', async () => {
    const news = newsDesk();
    const room = waitingRoom({ news, ending: new AbortController().signal });
    let asked = 0;
    const ask = async () => {
      asked += 1;
      if (asked === 3) throw new Error('The database is gone.');
      return open('a');
    };
    const waited = room.wait(ask, { seconds: 10, gone: new AbortController().signal });
    const refused = expect(waited).rejects.toThrow('gone');
    await turn();
    news.publishAll();
    await refused;
    expect(room.occupied()).toBe(0);
  });
});

function never(): never {
  throw new Error('There is always an answer.');
}
