/** Kills a service again and again in the middle of writes, and looks at what is left. */
import { expect } from 'vitest';
import type { DatabasePlace } from '../../src/db/connection.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { adminToken, type Environment, serviceForTest } from '../support/built-program.ts';
import { halfWritten } from './half-written.ts';
import { lost } from './kept.ts';
import { putReleasedProduct } from './released-product.ts';
import { type Crew, crew } from './writers.ts';

/** Generous: a busy machine is not a failure. */
export const killingMs = 600_000;

/**
 * Starts the service, lets writers write, ends it with `kill -9` at the moment of an acknowledgement, when most of
 * them wait for an answer, and starts it again: `times` over. Throws where anything acknowledged is gone or anything
 * is there in part, or twice.
 */
export async function killWhileWriting(
  env: Environment,
  place: DatabasePlace,
  times: number,
): Promise<void> {
  const start = () => serviceForTest({ ...env, HOLDFAST_ADMIN_TOKEN: adminToken });
  const writers = crew(adminToken);
  let service = await start();
  await putReleasedProduct(service.url, adminToken);

  for (let kill = 1; kill <= times; kill++) {
    const { pid, url } = service;
    // Each time after another number of them, so that no two kills meet the same moment.
    const last = writers.acknowledged() + 8 + ((kill * 7) % 13);
    await writers.write(url, () => {
      if (writers.acknowledged() < last) return false;
      process.kill(pid, 'SIGKILL');
      return true;
    });
    expect(await service.ended).toMatchObject({ signal: 'SIGKILL' });
    service = await start();
    expect(await lost(service.url, adminToken, writers.ledger), `after kill ${kill}`).toEqual([]);
  }
  await writers.finish(service.url);
  expect(await lost(service.url, adminToken, writers.ledger)).toEqual([]);
  expect(await service.stop()).toMatchObject({ code: 0 });
  await expectWhole(place, writers);
}

/** Nothing in part, and nothing beyond what was acknowledged, now that every call has its answer. */
export async function expectWhole(place: DatabasePlace, { ledger }: Crew): Promise<void> {
  const { db, close } = await openDatabase(place, { onConnectionLost: () => {} });
  try {
    expect(await halfWritten(db)).toEqual([]);
    const count = async (table: 'run' | 'waiver' | 'incident') =>
      (
        await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n;
    expect({
      runs: await count('run'),
      waivers: await count('waiver'),
      incidents: await count('incident'),
    }).toEqual({
      runs: ledger.runs.size,
      waivers: ledger.waivers.size,
      incidents: ledger.incidents.size,
    });
  } finally {
    await close();
  }
}
