/** Waiting callers on real sockets: they go away, the service ends, the command line waits. */
import { expect, onTestFinished, test } from 'vitest';
import { adminToken, runProgram, startService, temporaryFolder } from '../support/built-program.ts';
import { check, product, release } from '../support/gate-scene.ts';

const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };

async function scene() {
  const service = await startService({
    DATA_DIR: await temporaryFolder(),
    HOLDFAST_ADMIN_TOKEN: adminToken,
  });
  let stopped: Promise<number | null> | undefined;
  const stop = () => {
    stopped ??= service.stop().then(({ code }) => code);
    return stopped;
  };
  onTestFinished(async () => void (await stop()));
  const send = async (method: string, path: string, body: unknown) => {
    const sent = { method, headers, body: JSON.stringify(body) };
    const { status } = await fetch(service.url + path, sent);
    expect(status).toBeLessThan(300);
  };
  await send('PUT', '/v1/products/content', product);
  await send('PUT', '/v1/checks/boots-twice', check);
  await send('PUT', release, {});
  const wait = (signal: AbortSignal | null = null) =>
    fetch(`${service.url}${release}/gate?waitSeconds=55`, { headers, signal });
  const waiting = async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    return Number(/^holdfast_gate_callers_waiting (\d+)$/m.exec(text)?.[1]);
  };
  const submit = () => {
    const results = [{ check: 'boots-twice', outcome: 'passed' }];
    return send('POST', `${release}/results`, { results });
  };
  return { url: service.url, stop, wait, waiting, submit };
}

test('who closes the connection is kept no longer', async () => {
  const { wait, waiting } = await scene();
  const gone = new AbortController();
  const answered = wait(gone.signal).catch((error: Error) => error.name);
  await expect.poll(waiting).toBe(1);
  gone.abort();
  expect(await answered).toBe('AbortError');
  await expect.poll(waiting).toBe(0);
});

test('a service that is told to end answers who waits at once, and ends', async () => {
  const { wait, waiting, stop } = await scene();
  const answered = wait();
  await expect.poll(waiting).toBe(1);
  const told = performance.now();
  const ended = stop();
  const answer = await answered;
  expect(answer.status).toBe(200);
  expect(answer.headers.get('connection')).toBe('close');
  expect(await answer.json()).toMatchObject({ verdict: 'pending' });
  expect(await ended).toBe(0);
  // Far less than what is in flight is given.
  expect(performance.now() - told).toBeLessThan(10_000);
});

test('`holdfast gate --wait` says what it waits for, and ends with the verdict when it comes', async () => {
  const { url, waiting, submit } = await scene();
  const env = { HOLDFAST_URL: url, HOLDFAST_TOKEN: adminToken };
  const ran = runProgram(['gate', 'content', '2.0', '--wait', '5m'], env);
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
  const told = performance.now();
  await submit();
  expect(await ran).toMatchObject({ code: 0, stderr: 'Waiting for boots-twice: missing\n' });
  expect(performance.now() - told).toBeLessThan(10_000);
});

test('`holdfast gate --wait` ends at its deadline with 2', async () => {
  const { url } = await scene();
  const env = { HOLDFAST_URL: url, HOLDFAST_TOKEN: adminToken };
  const begun = performance.now();
  const { code, stdout } = await runProgram(['gate', 'content', '2.0', '--wait', '3s'], env);
  const seconds = (performance.now() - begun) / 1000;
  expect(code).toBe(2);
  expect(stdout).toContain('Pending');
  expect(seconds).toBeGreaterThanOrEqual(3);
  expect(seconds).toBeLessThan(8);
});
