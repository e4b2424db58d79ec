/** News reach those who asked for them. */
import { expect, test } from 'vitest';
import { newsDesk } from '../../src/db/news.ts';

function desk() {
  const heard: string[] = [];
  const news = newsDesk();
  const subscribe = (name: string, ...topics: string[]) =>
    news.subscribe(topics, () => heard.push(name));
  return { news, heard, subscribe };
}

test('a topic is heard by those who subscribed to it', () => {
  const { news, heard, subscribe } = desk();
  subscribe('a', 'catalogue', 'release:1');
  subscribe('b', 'catalogue', 'release:2');
  news.publish('release:1');
  news.publish('release:3');
  expect(heard).toEqual(['a']);
  news.publish('catalogue');
  expect(heard).toEqual(['a', 'a', 'b']);
});

test('news of one release are also news of some release', () => {
  const { news, heard, subscribe } = desk();
  subscribe('one', 'release:1');
  subscribe('any', 'release');
  news.publish('release:1');
  news.publish('release:2');
  news.publish('catalogue');
  expect(heard).toEqual(['one', 'any', 'any']);
});

test('what may be about anything is heard by everybody, once', () => {
  const { news, heard, subscribe } = desk();
  subscribe('a', 'catalogue', 'release:1');
  subscribe('b', 'release:2');
  news.publishAll();
  expect(heard).toEqual(['a', 'b']);
});

test('who unsubscribed hears nothing more, also where the same function is subscribed again', () => {
  const { news } = desk();
  let heard = 0;
  const hear = () => {
    heard += 1;
  };
  const end = news.subscribe(['catalogue'], hear);
  news.subscribe(['catalogue'], hear);
  end();
  news.publish('catalogue');
  expect(heard).toBe(1);
});
