/** A service on a real port, with reports of every kind on it. */

import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { openDatabase } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { publicly } from '../drivers/holds/hold-scene.ts';
import { type Client, type Reply, testService } from '../support/service.ts';
import { checks, drivers, incidents, products } from './library.ts';

export interface PublicSite {
  /** Without a slash at the end. */
  origin: string;
  /** Keys of reports. */
  final: string;
  preliminary: string;
  withdrawn: string;
  close(): Promise<void>;
}

export async function publicSite(): Promise<PublicSite> {
  const database = await openDatabase({ memory: true }, { onConnectionLost });
  await migrate(database.db);
  const service = await testService({ database });
  const engineer = await service.as('engineer', { name: 'ann' });
  const approver = await service.as('approver', { name: 'ben' });
  await putAll(engineer);

  const move = async (who: Client, key: string, to: string, note?: string) => {
    const { headers } = await who.get(`/v1/incidents/${key}`);
    const step = { to, ...(note && { note }) };
    const ifMatch = { 'If-Match': headers.get('etag') ?? '' };
    succeed(await who.post(`/v1/incidents/${key}/transitions`, step, ifMatch));
  };
  const publish = async (key: string, note?: string) => {
    await move(engineer, key, 'in_review');
    await move(approver, key, 'approved');
    await move(engineer, key, 'published', note);
  };
  const log = async (record: object) => {
    const { key } = succeed(await engineer.post('/v1/incidents', record)).body;
    await publish(key);
    return key;
  };

  const withdrawn = await log(incidents.withdrawn);
  await move(
    engineer,
    withdrawn,
    'withdrawn',
    'The fault was found to lie in the printer driver, not in our update.',
  );
  await log(incidents.nearMiss);
  const preliminary = await log(incidents.preliminary);
  const final = await log(incidents.final);
  // One that holds, and one that was released.
  const holdIt = async (reason: string) => {
    const { items } = succeed(await engineer.post(`/v1/incidents/${final}/holds`)).body;
    const address = `/v1/holds/${items[0].id}`;
    const { body, headers } = await engineer.get(address);
    const ifMatch = { 'If-Match': headers.get('etag') ?? '' };
    succeed(await engineer.put(address, publicly(body), ifMatch));
    succeed(await approver.post(`${address}/activation`, { reason }));
    return items[0].id;
  };
  const id = await holdIt('It was reproduced.');
  const past = { reason: 'Enough.', pastConditionReason: 'The vendor took it back.' };
  succeed(await approver.post(`/v1/holds/${id}/release`, past));
  await holdIt('It came again.');
  const { headers } = await engineer.get(`/v1/incidents/${final}`);
  succeed(
    await engineer.patch(`/v1/incidents/${final}`, incidents.correctionOfFinal, {
      'If-Match': headers.get('etag') ?? '',
    }),
  );
  await publish(final, 'A second count of machines came in, and it differs from the first.');

  const server = serve({ fetch: service.app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    final,
    preliminary,
    withdrawn,
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

function onConnectionLost(error: unknown): never {
  throw error;
}

async function putAll(who: Client): Promise<void> {
  for (const [key, product] of Object.entries(products)) {
    succeed(await who.put(`/v1/products/${key}`, product));
  }
  for (const [key, check] of Object.entries(checks))
    succeed(await who.put(`/v1/checks/${key}`, check));
  for (const [key, driver] of Object.entries(drivers)) {
    succeed(await who.put(`/v1/drivers/${key}`, driver));
  }
}

function succeed(reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
  return reply;
}
