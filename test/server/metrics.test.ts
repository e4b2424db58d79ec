/** Metrics count by route, so that what is asked about neither shows nor adds up. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { metrics } from '../../src/server/metrics.ts';

function measured(): Hono {
  const { middleware, answer } = metrics({ callersWaiting: () => 3 });
  const app = new Hono();
  app.use(middleware);
  app.get('/metrics', answer);
  app.get('/v1/products/:product', (context) => context.text('here'));
  app.get('/broken', () => {
    throw new Error('broken');
  });
  app.onError((_, context) => context.text('sorry', 500));
  return app;
}

/** How many requests were counted, by their labels. */
async function counts(app: Hono): Promise<Record<string, number>> {
  const text = await (await app.request('/metrics')).text();
  const lines = text.matchAll(/^holdfast_http_request_duration_seconds_count\{(.+)\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, labels, count]) => [labels, Number(count)]));
}

test('requests are counted by route, method and status', async () => {
  const app = measured();
  for (const product of ['a', 'b', 'c']) await app.request(`/v1/products/${product}`);
  await app.request('/broken');

  expect(await counts(app)).toEqual({
    'route="/v1/products/:product",method="GET",status="200"': 3,
    'route="/broken",method="GET",status="500"': 1,
  });
});

test('addresses that are none are counted together, however many', async () => {
  const app = measured();
  for (let n = 0; n < 20; n++) await app.request(`/nothing/${n}`);
  expect(Object.values(await counts(app))).toEqual([20]);
});

test('the process itself is measured', async () => {
  const response = await measured().request('/metrics');
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toContain('process_resident_memory_bytes');
});

test('callers who wait for a verdict are shown', async () => {
  const text = await (await measured().request('/metrics')).text();
  expect(text).toMatch(/^holdfast_gate_callers_waiting 3$/m);
});
