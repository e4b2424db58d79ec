/** A product with checks and a release, put over HTTP, so that a test says only what it is about. */
import type { Client, Reply, TestService } from '../support/service.ts';

/** The release that `sensorRelease` registers. */
export const release = '/v1/products/sensor/releases/2.0';

interface Given {
  /** By key, each with what differs from a required check of this product without variants. */
  checks?: Record<string, object>;
  /** What the release says of itself. */
  facts?: object;
}

/** Registers `sensor` 2.0 as an engineer, who is answered. */
export async function sensorRelease(
  service: TestService,
  { checks = { boot: {} }, facts = {} }: Given = {},
): Promise<Client> {
  const engineer = await service.as('engineer');
  await putProduct(engineer, 'sensor');
  for (const [key, check] of Object.entries(checks)) await putCheck(engineer, key, check);
  done(await engineer.put(release, facts));
  return engineer;
}

export async function putProduct(engineer: Client, key: string, product = {}): Promise<void> {
  const body = { name: key, versionScheme: 'intdot', rings: ['canary', 'general'], ...product };
  done(await engineer.put(`/v1/products/${key}`, body));
}

export async function putCheck(engineer: Client, key: string, check: object): Promise<void> {
  const body = {
    title: `The check ${key}`,
    purpose: 'It must not happen again.',
    kind: 'automated',
    enforcement: 'required',
    appliesTo: { products: ['sensor'] },
    owner: 'quality',
    ...check,
  };
  done(await engineer.put(`/v1/checks/${key}`, body));
}

/** A draft that names the check; its key is answered. */
export async function incidentBehind(
  engineer: Client,
  check: string,
  severity: string,
): Promise<string> {
  const why = `${check} would have caught it.`;
  const body = { title: 'Hosts stop at start', severity, checks: [{ check, why }] };
  return done(await engineer.post('/v1/incidents', body)).body.key;
}

/** The reply to a call that must succeed for the test to make sense. */
export function done(reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
  return reply;
}

/** How many results, runs, reports and waivers are on record. */
export async function rowCounts({ database }: TestService): Promise<Record<string, number>> {
  const { rows } = await database.pool.query(`
    select (select count(*) from result)::int as results, (select count(*) from run)::int as runs,
      (select count(*) from run_report)::int as reports, (select count(*) from waiver)::int as waivers`);
  return rows[0];
}

export const nothing = { results: 0, runs: 0, reports: 0, waivers: 0 };
