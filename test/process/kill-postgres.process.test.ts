/** What is left of writes when the service, or PostgreSQL itself, is killed. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { adminToken, serviceForTest } from '../support/built-program.ts';
import { type PostgresVersion, startPostgres } from '../support/postgres-server.ts';
import { lost } from './kept.ts';
import { expectWhole, killingMs, killWhileWriting } from './kills.ts';
import { putReleasedProduct, release } from './released-product.ts';
import { crew } from './writers.ts';

async function ownServer(version: PostgresVersion) {
  const server = await startPostgres(version);
  onTestFinished(server.stop);
  return server;
}

test(
  'what was acknowledged survives twenty kills of the service, whole and once, on PostgreSQL 15',
  async () => {
    const url = (await ownServer(15)).url();
    await killWhileWriting({ DATABASE_URL: url }, { url }, 20);
  },
  killingMs,
);

test(
  'what was acknowledged survives five kills of PostgreSQL 18, and the same service goes on',
  async () => {
    const server = await ownServer(18);
    const env = { DATABASE_URL: server.url(), HOLDFAST_ADMIN_TOKEN: adminToken };
    const service = await serviceForTest(env);
    await putReleasedProduct(service.url, adminToken);
    const writers = crew(adminToken);
    const headers = { authorization: `Bearer ${adminToken}` };
    const statusOf = async (address: string) =>
      (await fetch(service.url + address, { headers })).status;

    for (let kill = 1; kill <= 5; kill++) {
      const last = writers.acknowledged() + 20;
      let killed: Promise<void> | undefined;
      const outagesBefore = writers.outages.length;
      // They go on through the outage: nobody tells them of it but the service.
      const written = writers.write(service.url, () => {
        if (writers.acknowledged() >= last) killed ??= server.kill();
        return killed !== undefined && writers.acknowledged() >= last + 20;
      });
      // They end now only where they were answered with something else than a success or a 503.
      await Promise.race([written, vi.waitUntil(() => killed !== undefined, killingMs)]);
      await killed;
      const told = () => writers.outages.length > outagesBefore;
      await Promise.race([written, vi.waitUntil(told, killingMs)]);
      expect(await statusOf('/readyz')).toBe(503);
      expect(await statusOf('/healthz')).toBe(200);
      expect(await statusOf(`${release}/gate`)).toBe(503);
      await server.restart();
      await written;
      await vi.waitFor(async () => expect(await statusOf('/readyz')).toBe(200), killingMs);
      expect(await lost(service.url, adminToken, writers.ledger), `after kill ${kill}`).toEqual([]);
    }
    await writers.finish(service.url);
    for (const { problem, mediaType, retryAfter } of writers.outages) {
      expect(problem).toMatchObject({ type: '/problems/unavailable', status: 503 });
      expect(mediaType).toBe('application/problem+json');
      expect(Number(retryAfter)).toBeGreaterThan(0);
    }
    const { code, stderr } = await service.stop();
    expect(code).toBe(0);
    expect(stderr).not.toContain('a request failed');
    await expectWhole({ url: server.url() }, writers);
  },
  killingMs,
);
