/** A service in which everything that the contract's examples speak of is on record, and an administrator to ask it. */
import { sql } from 'kysely';
import type { Operation } from '../../src/contract/operations.ts';
import { addressOf, exampleRequest, operations } from '../access/every-operation.ts';
import { makeToken } from '../access/make-token.ts';
import { contractRequest } from '../support/contract-coverage.ts';
import { type TestService, testService } from '../support/service.ts';

export type Ask = (address: string, init?: RequestInit) => Promise<Response>;

export interface Scene {
  /** As the administrator. Throws where the answer is none that the contract declares. */
  ask: Ask;
  /** An address of the operation at which it finds what it works on. */
  addressFor(operation: Operation): Promise<string>;
  /** How many rows each table has. */
  rows(): Promise<Record<string, number>>;
  /** Failures that the service has logged: there should be none. */
  logged: object[];
}

/** What the contract's examples call things. */
const names = {
  product: 'sensor-content',
  version: '291.20240812.900',
  incident: 'HF-2024-0001',
  check: 'channel-boot-loop',
  driver: 'example-audio-bus',
};

export async function sceneOfExamples(): Promise<Scene> {
  const logged: object[] = [];
  const service = await testService({ log: { error: (fields) => logged.push(fields) } });
  const secret = await makeToken(service, { role: 'admin' });
  const request = contractRequest(service.app);
  const ask: Ask = (address, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${secret}`);
    return request(address, { ...init, headers });
  };

  /** Sends the example, and gives what it made. */
  const make = async (
    id: string,
    where: Record<string, string>,
    changes: object = {},
    query = '',
  ) => {
    const operation = operations.find((each) => each.id === id);
    if (!operation) throw new Error(`There is no operation ${id}.`);
    const { method, body, mediaType = '' } = exampleRequest(operation);
    const response = await ask(`${addressOf(operation, where)}${query}`, {
      method,
      headers: { 'content-type': mediaType, ...(query && { 'if-match': '*' }) },
      ...(body && { body: JSON.stringify({ ...JSON.parse(body), ...changes }) }),
    });
    if (![200, 201, 202].includes(response.status))
      throw new Error(`${id}: ${await response.text()}`);
    return (await response.json()) as { id: string; key: string; overrides?: { id: string }[] };
  };

  await make('putProduct', names);
  await make('putRelease', names);
  await make('putCheck', names);
  await make('putDriver', names);
  await make('createIncident', names, { key: names.incident });

  await make('createIncident', names, holdable);

  const counts = await countsOfRows(service);
  let made = 0;
  /** A check that a grave incident stands behind, with a change that waits. */
  const proposal = async (): Promise<{ check: string; proposal: string }> => {
    const check = `guarded-${made}`;
    await make('putCheck', { check });
    const checks = [{ check, why: 'It starts the host.' }];
    await make('createIncident', names, { severity: 'sev1', checks });
    await make('putCheck', { check }, { enforcement: 'advisory' }, '?reason=flaky');
    return { check, proposal: '1' };
  };

  const hold = async (): Promise<{ hold: string }> => {
    return { hold: (await make('createHold', names, { incident: holdable.key })).id };
  };
  const activeHold = async () => {
    const where = await hold();
    await make('activateHold', where);
    return where;
  };

  /** What is there already, but something new where the operation makes or uses it up. */
  const namesFor = async (operation: string): Promise<Record<string, string>> => {
    made += 1;
    const fresh = `number-${made}`;
    switch (operation) {
      case 'putProduct':
        return { product: fresh };
      case 'putCheck':
        return { check: fresh };
      case 'putDriver':
        return { driver: fresh };
      case 'putRelease':
        return { ...names, version: `1.${made}` };
      case 'recordShipment':
        await make('putRelease', { ...names, version: `2.${made}` });
        return { ...names, version: `2.${made}` };
      case 'transitionIncident':
        return { incident: (await make('createIncident', names, readyForReview)).key };
      case 'approveWaiver':
      case 'revokeWaiver':
        return { waiver: (await make('requestWaiver', names, waiver())).id };
      case 'getDecision':
      case 'getDecisionFacts':
        return { decision: (await make('recordDecision', names)).id };
      case 'getCheckProposal':
      case 'approveCheckProposal':
      case 'rejectCheckProposal':
        return proposal();
      case 'getWebhook':
      case 'updateWebhook':
      case 'deleteWebhook':
      case 'rotateWebhookSecret':
      case 'testWebhook':
      case 'listWebhookDeliveries':
        return { webhook: (await make('createWebhook', names)).id };
      case 'redeliverWebhookEvent': {
        const { id } = await make('createWebhook', names);
        return { webhook: id, delivery: (await make('testWebhook', { webhook: id })).id };
      }
      case 'getHold':
      case 'replaceHold':
      case 'activateHold':
      case 'releaseHold':
        return hold();
      case 'overrideHold':
        return activeHold();
      case 'revokeHoldOverride': {
        const where = await activeHold();
        const { overrides } = await make('overrideHold', where, { rings: ['canary'], ...soon() });
        return { ...where, override: overrides?.[0]?.id ?? '' };
      }
      case 'revokeToken':
        return { token: (await make('createToken', names, { expiresAt: null })).id };
      default:
        return names;
    }
  };

  const scene: Scene = {
    ask,
    logged,
    async addressFor(operation) {
      return addressOf(operation, await namesFor(operation.id));
    },
    async rows() {
      const { rows } = await sql<{ table: string; rows: number }>`${sql.raw(counts)}`.execute(
        service.database.db,
      );
      return Object.fromEntries(rows.map(({ table, rows }) => [table, rows]));
    },
  };
  return scene;
}

/** One query for the number of rows in every table. */
async function countsOfRows({ database }: TestService): Promise<string> {
  const { rows } = await sql<{ count: string }>`
    select format('select %L as "table", count(*) as rows from %I', tablename, tablename) as count
    from pg_tables where schemaname = 'public' order by tablename`.execute(database.db);
  return rows.map(({ count }) => count).join(' union all ');
}

const readyForReview = { nextUpdateAt: '2030-01-01T00:00:00Z' };

/** An incident that a hold may name everything of. */
const holdable = {
  key: 'HF-2024-9999',
  severity: 'sev4',
  drivers: [
    {
      driver: names.driver,
      versions: null,
      versionOf: 'file',
      role: 'trigger',
      visibility: 'public',
    },
  ],
  checks: [{ check: names.check, why: 'It starts the host.' }],
};

/** For sev1, which the example incident is. */
function waiver() {
  return { variant: null, ...soon() };
}

/** The examples' own instants lie behind us one day. */
function soon() {
  return { expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
}
