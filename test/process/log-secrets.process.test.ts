/** What the service writes about itself never holds what lets somebody in. */
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { serviceForTest } from '../support/built-program.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { putReleasedProduct, release } from './released-product.ts';

test('no secret of a token, and no password of the database, is in the log, the metrics or the audit trail', async () => {
  const server = await startPostgres(18);
  onTestFinished(server.stop);
  const password = 'planted-password';
  const owner = new pg.Client(server.url());
  await owner.connect();
  await owner.query(`create role watched superuser login password '${password}'`);
  await owner.end();
  const database = Object.assign(new URL(server.url()), { username: 'watched', password });
  const operators = 'the-operators-own-secret-0123456789';
  const service = await serviceForTest({
    DATABASE_URL: database.href,
    HOLDFAST_ADMIN_TOKEN: operators,
  });
  const ask = (address: string, secret: string, init: RequestInit = {}) =>
    fetch(service.url + address, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    });

  const made = await ask('/v1/tokens', operators, {
    method: 'POST',
    body: JSON.stringify({ name: 'Ada', role: 'engineer' }),
  });
  const { token: engineers, id } = (await made.json()) as { token: string; id: string };
  const wrong = 'hf_a-secret-that-nobody-was-given';
  const secrets = [operators, engineers, wrong];

  await putReleasedProduct(service.url, engineers);
  // Where people put a secret by mistake: beside its scheme, in the address, in a body.
  for (const secret of secrets) {
    await fetch(`${service.url}/v1/products`, { headers: { authorization: `Basic ${secret}` } });
    await fetch(`${service.url}/v1/products`, { headers: { authorization: secret } });
    await fetch(`${service.url}/v1/products?token=${secret}`);
    await fetch(`${service.url}/v1/products/${secret}`);
    await ask(`${release}/results`, secret, { method: 'POST', body: `{"token": "${secret}"` });
  }
  // What is logged with all its causes: calls that fail because the database has gone.
  await server.kill();
  for (const secret of secrets) {
    await ask(`${release}/gate`, secret);
    await ask('/v1/incidents', secret, {
      method: 'POST',
      body: JSON.stringify({ title: 'Hosts stop', severity: 'sev1' }),
    });
  }
  // What a process writes is heard a moment later.
  await vi.waitFor(() => expect(service.log()).toContain('the database is out of reach'), 30_000);
  await server.restart();
  await vi.waitFor(
    async () =>
      expect((await ask(`/v1/tokens/${id}`, operators, { method: 'DELETE' })).ok).toBe(true),
    30_000,
  );
  await ask('/v1/products', engineers);

  const audit = await (await ask('/v1/audit', operators)).text();
  const metrics = await (await ask('/metrics', operators)).text();
  expect(audit).toContain('createToken');
  expect(metrics).toContain('holdfast_http_request_duration_seconds');
  const { code, stdout, stderr } = await service.stop();
  expect(code).toBe(0);
  for (const secret of [...secrets, password]) {
    for (const written of [stdout, stderr, audit, metrics]) expect(written).not.toContain(secret);
  }
});
