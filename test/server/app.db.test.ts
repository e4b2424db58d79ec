/** The whole application: what operators ask it, and what it says while the database is out of reach. */
import { text } from 'holdfast:contract';
import { expect, onTestFinished, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { makeToken } from '../access/make-token.ts';
import { testDatabaseKind } from '../support/databases.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { testService } from '../support/service.ts';

test('operators are told without a token that it lives and is ready', async () => {
  const { anonymous } = await testService();
  expect(await anonymous.get('/healthz')).toMatchObject({ status: 200, body: 'alive' });
  expect(await anonymous.get('/readyz')).toMatchObject({ status: 200, body: 'ready' });
});

test('the contract is served as it is written', async () => {
  const { anonymous } = await testService();
  const { status, headers, body } = await anonymous.get('/openapi.yaml');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/yaml; charset=utf-8']);
  expect(body).toBe(text);
});

test('metrics tell routes apart, and nobody by name', async () => {
  const { anonymous } = await testService();
  await anonymous.get('/v1/products/secret-project');
  const { body } = await anonymous.get('/metrics');
  expect(body).toContain('route="/v1/products/:product",method="GET",status="401"');
  expect(body).not.toContain('secret-project');
});

/** A server of its own, which can be taken away, and a service over it. */
async function onOwnServer() {
  const server = await startPostgres(testDatabaseKind === 'pg15' ? 15 : 18);
  onTestFinished(server.stop);
  const database = await openMigrated(server);
  const logged: object[] = [];
  const service = await testService({ database, log: { error: (fields) => logged.push(fields) } });
  const secret = await makeToken(service, { role: 'engineer' });
  return { server, service, engineer: service.withSecret(secret), logged };
}

async function openMigrated(server: PostgresServer): Promise<OpenDatabase> {
  const database = await openDatabase({ url: server.url() }, { onConnectionLost: () => {} });
  onTestFinished(database.close);
  await migrate(database.db);
  return database;
}

test.skipIf(testDatabaseKind === 'pglite')(
  '503 with Retry-After while PostgreSQL is gone; once it is back the same service works, and everything is there',
  async () => {
    const { server, service, engineer, logged } = await onOwnServer();
    const product = { name: 'Sensor', versionScheme: 'intdot', rings: ['general'] };
    expect(await engineer.put('/v1/products/sensor', product)).toMatchObject({ status: 201 });

    await server.kill();
    for (const reply of [
      await engineer.get('/v1/products/sensor'),
      await engineer.put('/v1/products/other', product),
      await engineer.post('/v1/incidents', { title: 'T', severity: 'sev1' }),
      await service.anonymous.get('/v1/reports'),
    ]) {
      expect(reply).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } });
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(logged.length).toBeGreaterThan(0);
    expect(await service.anonymous.get('/healthz')).toMatchObject({ status: 200 });
    expect(await service.anonymous.get('/readyz')).toMatchObject({ status: 503 });

    await server.restart();
    expect(await engineer.get('/v1/products')).toMatchObject({
      status: 200,
      body: { items: [{ key: 'sensor', revision: 1 }] },
    });
    expect(await engineer.put('/v1/products/other', product)).toMatchObject({ status: 201 });
    expect(await service.anonymous.get('/readyz')).toMatchObject({ status: 200 });
  },
);
