/** Two instances on one PostgreSQL, written to and asked at the same time: no verdict is older than what was acknowledged. */
import { expect, onTestFinished, test } from 'vitest';
import type { components } from '../../src/contract/types.gen.ts';
import { adminToken, serviceForTest } from '../support/built-program.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { type Reading, unexplained, type WriterHistory } from './history.ts';

type Schemas = components['schemas'];

const writersCount = 8;
const readersEach = 2;
/** Each is a failure, a waiver, its revocation and a pass. */
const roundsEach = 6;
const release = '/v1/products/content/releases/2.0';
const checkOf = (writer: number) => `check-${writer}`;

async function call<Answer>(url: string, method: string, address: string, body?: object) {
  const response = await fetch(url + address, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${address}: ${text}`);
  return JSON.parse(text) as Answer;
}

/** What one requirement's answer says, as far as the writer of its check decides it. */
function stateOf({
  status,
  result,
  waiver,
}: Pick<Schemas['Decision']['answers'][number], 'status' | 'result' | 'waiver'>) {
  return `${status}, result ${result?.id ?? 'none'}, waiver ${waiver?.id ?? 'none'}`;
}

/** One call after another, with the state that each leaves behind. */
async function writeHistory(url: string, writer: number): Promise<WriterHistory> {
  const check = checkOf(writer);
  const states = ['missing, result none, waiver none'];
  const writes: WriterHistory['writes'][number][] = [];
  const write = async <Answer>(address: string, body: object, left: (answer: Answer) => string) => {
    const begun = performance.now();
    const answer = await call<Answer>(url, 'POST', address, body);
    writes.push({ begun, ended: performance.now() });
    states.push(left(answer));
    return answer;
  };
  const report = (outcome: 'failed' | 'passed') =>
    write<Schemas['ResultsReceipt']>(
      `${release}/results`,
      { results: [{ check, outcome }] },
      ({ results }) => `${outcome}, result ${results[0]?.id}, waiver none`,
    );

  for (let round = 0; round < roundsEach; round++) {
    await report('failed');
    const failed = states.at(-1) ?? '';
    const waiver = await write<Schemas['Waiver']>(
      `${release}/waivers`,
      { check, reason: 'For now.', expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
      ({ id }) => failed.replace('failed', 'waived').replace('waiver none', `waiver ${id}`),
    );
    await write(`/v1/waivers/${waiver.id}/revocation`, { reason: 'Enough.' }, () => failed);
    await report('passed');
  }
  return { name: check, states, writes };
}

async function readWhile(url: string, going: () => boolean): Promise<Reading[]> {
  const readings: Reading[] = [];
  while (going()) {
    const begun = performance.now();
    const { answers } = await call<Schemas['Decision']>(url, 'GET', `${release}/gate`);
    const seen = new Map(answers.map((answer) => [`${answer.check}`, stateOf(answer)]));
    readings.push({ begun, ended: performance.now(), seen });
  }
  return readings;
}

test('every acknowledged result, waiver and revocation is in every later verdict, whichever instance is asked', async () => {
  const server = await startPostgres(18);
  onTestFinished(server.stop);
  const env = { DATABASE_URL: server.url(), HOLDFAST_ADMIN_TOKEN: adminToken };
  const first = await serviceForTest(env);
  const second = await serviceForTest(env);
  const urls = [first.url, second.url];
  const product = { name: 'Content', versionScheme: 'intdot', rings: ['general'] };
  await call(first.url, 'PUT', '/v1/products/content', product);
  for (let writer = 0; writer < writersCount; writer++) {
    await call(first.url, 'PUT', `/v1/checks/${checkOf(writer)}`, {
      title: 'A check',
      purpose: 'It must pass.',
      kind: 'automated',
      enforcement: 'required',
      appliesTo: { products: ['content'] },
      owner: 'quality',
    });
  }
  await call(first.url, 'PUT', release, { kind: 'content' });

  let writing = true;
  const readers = urls.flatMap((url) =>
    Array.from({ length: readersEach }, () => readWhile(url, () => writing)),
  );
  const writers = Array.from({ length: writersCount }, (_, writer) =>
    // Each writes to one instance and is read from both.
    writeHistory(urls[writer % urls.length] as string, writer),
  );
  const histories = await Promise.all(writers).finally(() => {
    writing = false;
  });
  const readings = (await Promise.all(readers)).flat();
  const last = await Promise.all(urls.map((url) => readOnce(url)));

  expect(readings.length).toBeGreaterThan(histories.length);
  expect(unexplained(histories, [...readings, ...last])).toEqual([]);
}, 300_000);

async function readOnce(url: string): Promise<Reading> {
  let asked = false;
  const [reading] = await readWhile(url, () => {
    const first = !asked;
    asked = true;
    return first;
  });
  return reading as Reading;
}
