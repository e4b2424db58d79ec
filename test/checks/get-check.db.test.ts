/** getCheck: one check with the incidents behind it, for those whom it concerns. */
import { expect, test } from 'vitest';
import { type TestService, testService } from '../support/service.ts';
import { aCheck } from './a-check.ts';

const product = { name: 'P', versionScheme: 'intdot', rings: ['general'] };

async function withChecks(): Promise<TestService> {
  const service = await testService();
  const engineer = await service.as('engineer');
  await engineer.put('/v1/products/sensor', product);
  await engineer.put('/v1/products/agent', product);
  for (const [key, appliesTo] of Object.entries({
    all: {},
    both: { products: ['sensor', 'agent'] },
    agents: { products: ['agent'] },
  })) {
    const put = await engineer.put(`/v1/checks/${key}`, { ...aCheck, appliesTo });
    expect(put).toMatchObject({ status: 201 });
  }
  return service;
}

test('200 with the revision as ETag, for a token that is bound to one of its products too', async () => {
  const service = await withChecks();
  const reader = await service.as('reader');
  const bound = await service.as('pipeline', { products: ['sensor'] });

  for (const key of ['all', 'both']) {
    const got = await bound.get(`/v1/checks/${key}`);
    expect(got).toMatchObject({ status: 200, body: { key, revision: 1 } });
    expect(got.headers.get('etag')).toBe('"1"');
    expect(got.body).toEqual((await reader.get(`/v1/checks/${key}`)).body);
  }
});

test('404 where there is none; a token bound to other products is told exactly the same', async () => {
  const service = await withChecks();
  const absent = await (await service.as('reader')).get('/v1/checks/nothing');
  const hidden = await (await service.as('pipeline', { products: ['sensor'] })).get(
    '/v1/checks/agents',
  );
  expect(absent.status).toBe(404);
  expect(hidden.status).toBe(404);
  expect(hidden.body.detail.replaceAll('agents', 'nothing')).toBe(absent.body.detail);
});

test('it names the incidents that name it, by key, as they come and go', async () => {
  const service = await withChecks();
  const engineer = await service.as('engineer');
  const incident = {
    title: 'T',
    severity: 'sev1',
    checks: [{ check: 'all', why: 'It would have.' }],
  };
  for (const key of ['HF-2024-0002', 'HF-2024-0001']) {
    const logged = await engineer.post('/v1/incidents', { ...incident, key });
    expect(logged, JSON.stringify(logged.body)).toMatchObject({ status: 201 });
  }
  const incidents = async () => (await engineer.get('/v1/checks/all')).body.incidents;
  expect(await incidents()).toEqual(['HF-2024-0001', 'HF-2024-0002']);

  const read = await engineer.get('/v1/incidents/HF-2024-0001');
  const ifMatch = { 'If-Match': read.headers.get('etag') ?? '' };
  const patched = await engineer.patch('/v1/incidents/HF-2024-0001', { checks: [] }, ifMatch);
  expect(patched).toMatchObject({ status: 200 });
  expect(await incidents()).toEqual(['HF-2024-0002']);
});
