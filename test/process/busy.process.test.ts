/** A stranger's large question holds up nobody else. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adminToken, serviceForTest, temporaryFolder } from '../support/built-program.ts';

test('others are answered while a long list of drivers is still being read', async () => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const { url } = await serviceForTest({ DATA_DIR, HOLDFAST_ADMIN_TOKEN: adminToken });
  const ask = (inventory: string) =>
    fetch(`${url}/v1/affected`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ product: 'sensor-content', version: '7.11', inventory }),
    });
  // The thread has begun, and has its catalogue.
  expect((await ask('nothing')).status).toBe(200);

  const ended: string[] = [];
  const lines = Array.from({ length: 240_000 }, (_, index) => `L${index}: x`);
  const long = ['Published Name: oem1.inf', 'Original Name: a.inf', ...lines].join('\n');
  const whole = ask(long).then(async (response) => {
    await response.arrayBuffer();
    ended.push('the list');
  });
  for (let asked = 0; asked < 5; asked++) {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    ended.push('healthz');
  }
  await whole;
  expect(ended.at(-1)).toBe('the list');
});
