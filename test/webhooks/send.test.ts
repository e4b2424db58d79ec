/** One request to a receiver: bounded, and never to an address that it may not reach. */
import type { LookupAddress } from 'node:dns';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { nothingPrivate } from '../../src/webhooks/private-addresses.ts';
import { sender } from '../../src/webhooks/send.ts';
import { startReceiver } from './receiver.ts';
import { allowing, loopback } from './webhook-scene.ts';

const post = { headers: { 'webhook-id': 'msg_1' }, body: '{"ä":1}' };

/** Names lead where the test says, and it remembers which were asked for. */
function names(addresses: Record<string, string[]>) {
  const asked: string[] = [];
  const lookUp = (
    host: string,
    _: { all: true },
    callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
  ) => {
    asked.push(host);
    const found = (addresses[host] ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    setImmediate(() => callback(null, found));
  };
  return { asked, lookUp };
}

/** Answers with these bytes, whatever it is sent, and leaves the connection open. Stops after the test. */
async function startRaw(answer: string) {
  const connections: Socket[] = [];
  const server = createServer((socket) => {
    connections.push(socket);
    // Whoever was answered may be gone without a word.
    socket.on('error', () => {}).once('data', () => socket.write(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, connections };
}

test('the body goes as it is, as JSON, with the headers', async () => {
  const receiver = await startReceiver();
  const send = sender({ allowed: loopback });
  expect(await send({ ...post, url: receiver.url })).toEqual({
    kind: 'answered',
    status: 204,
    retryAfterMs: null,
    excerpt: null,
  });
  expect(receiver.received).toMatchObject([
    {
      text: post.body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_1',
        'user-agent': expect.stringMatching(/^Holdfast\/\d/),
      },
    },
  ]);
});

describe('private addresses', () => {
  test('are not connected to, given as such', async () => {
    const receiver = await startReceiver();
    const send = sender({ allowed: nothingPrivate });
    const { port } = new URL(receiver.url);
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433']) {
      const outcome = await send({ ...post, url: `http://${host}:${port}/` });
      expect(outcome).toMatchObject({
        kind: 'unanswered',
        why: expect.stringContaining('no public address'),
      });
    }
    expect(receiver.received).toEqual([]);
  });

  test('are not connected to where a name leads to them, now or at another time', async () => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const addresses: Record<string, string[]> = {
      'private.example.com': ['127.0.0.1'],
      'mapped.example.com': ['::ffff:127.0.0.1'],
      'nowhere.example.com': [],
    };
    const { lookUp } = names(addresses);
    const send = sender({ allowed: nothingPrivate, lookUp, timeoutMs: 1000 });
    for (const host of Object.keys(addresses)) {
      const outcome = await send({ ...post, url: `http://${host}:${port}/` });
      expect(outcome).toMatchObject({ kind: 'unanswered', why: expect.stringContaining(host) });
    }
    expect(await send({ ...post, url: `http://private.example.com:${port}/` })).toEqual({
      kind: 'unanswered',
      why: 'Not sent: private.example.com is 127.0.0.1, which is no public address, and WEBHOOK_ALLOW_PRIVATE does not allow it.',
    });
    expect(receiver.received).toEqual([]);
  });

  test('a name is asked for once, and what was judged is what is connected to', async () => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const { lookUp, asked } = names({ 'hooks.example.com': ['10.0.0.1', '127.0.0.1'] });
    // Of several addresses, those that may not be reached are left out.
    const send = sender({ allowed: allowing('127.0.0.1'), lookUp });
    const outcome = await send({ ...post, url: `http://hooks.example.com:${port}/` });
    expect(outcome).toMatchObject({ kind: 'answered', status: 204 });
    expect(asked).toEqual(['hooks.example.com']);
    expect(receiver.received[0]?.headers.host).toBe(`hooks.example.com:${port}`);
  });

  test('are reached under a name that the operator allows', async () => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const { lookUp } = names({ 'hooks.internal': ['127.0.0.1'] });
    const send = sender({ allowed: allowing('hooks.internal'), lookUp });
    expect(await send({ ...post, url: `http://hooks.internal:${port}/` })).toMatchObject({
      status: 204,
    });
  });

  test('a redirect is an answer, and is not followed', async () => {
    const [receiver, inside] = [await startReceiver(), await startReceiver()];
    receiver.react((response) => response.writeHead(307, { location: inside.url }).end('Moved.'));
    const send = sender({ allowed: loopback });
    expect(await send({ ...post, url: receiver.url })).toMatchObject({
      status: 307,
      excerpt: 'Moved.',
    });
    expect(inside.received).toEqual([]);
  });
});

describe('a receiver', () => {
  const send = sender({ allowed: loopback, timeoutMs: 300 });

  test('that hangs is left after the time that it has', async () => {
    const receiver = await startReceiver();
    receiver.react('hang');
    expect(await send({ ...post, url: receiver.url })).toEqual({
      kind: 'unanswered',
      why: 'No answer within 0.3 seconds.',
    });
  });

  test('that breaks off, or is not there, has not answered', async () => {
    const receiver = await startReceiver();
    receiver.react('break');
    expect(await send({ ...post, url: receiver.url })).toMatchObject({ kind: 'unanswered' });
    expect(await send({ ...post, url: 'http://127.0.0.1:1/' })).toMatchObject({
      kind: 'unanswered',
      why: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test.each([
    ['as it should', 'Upgrade: websocket\r\nConnection: Upgrade\r\n'],
    ['without a word of which', ''],
    ['and speaks it at once', 'Upgrade: h2c\r\nConnection: Upgrade\r\n\r\nhello'],
  ])(
    'that turns to another protocol, %s, has answered no success, and is hung up on',
    async (_, rest) => {
      const receiver = await startRaw(`HTTP/1.1 101 Switching Protocols\r\n${rest}\r\n`);
      // Time that the receiver has to answer in is not what ends it.
      const patient = sender({ allowed: loopback, timeoutMs: 50_000 });
      expect(await patient({ ...post, url: receiver.url })).toEqual({
        kind: 'answered',
        status: 101,
        retryAfterMs: null,
        excerpt: null,
      });
      await vi.waitFor(() => expect(receiver.connections.map((s) => s.closed)).toEqual([true]));
    },
  );

  test('that says 2xx has received it, however its body goes on', async () => {
    const receiver = await startReceiver();
    receiver.react((response) => void response.writeHead(200).write('half of'));
    expect(await send({ ...post, url: receiver.url })).toMatchObject({ status: 200 });
  });

  test('that answers without end is heard to the length of an excerpt', async () => {
    const receiver = await startReceiver();
    receiver.react((response) => {
      response.writeHead(500);
      const more = () => {
        while (response.writable && response.write('No \u0007 more. '.repeat(1000)));
        response.once('drain', more);
      };
      more();
    });
    const outcome = await send({ ...post, url: receiver.url });
    expect(outcome).toMatchObject({ status: 500 });
    expect(outcome.kind === 'answered' && outcome.excerpt).toMatch(/^(No {3}more\. ){20,}.{0,20}$/);
    expect(outcome.kind === 'answered' && outcome.excerpt?.length).toBeLessThanOrEqual(300);
  });

  test.each([
    ['120', 120_000],
    ['soon', null],
  ])('that asks for a pause by Retry-After: %s', async (text, retryAfterMs) => {
    const receiver = await startReceiver();
    receiver.react((response) => response.writeHead(503, { 'retry-after': text }).end());
    expect(await send({ ...post, url: receiver.url })).toMatchObject({ status: 503, retryAfterMs });
  });
});
