/** Proof over HTTP: results on faulty and later versions show in every place where a check guards against an incident. */
import { describe, expect, test } from 'vitest';
import { check, expectCreated, gateScene, incident, product } from '../../support/gate-scene.ts';
import type { Client, Reply } from '../../support/service.ts';

const at = (version: string) => `/v1/products/content/releases/${version}`;

/** Registers the version, where it is not yet, and hands in one result of `boots-twice`. */
async function show(client: Client, version: string, outcome: string, more: object = {}) {
  if ((await client.get(at(version))).status === 404)
    await expectCreated(client.put(at(version), {}));
  return submit(client, version, { results: [{ check: 'boots-twice', outcome, ...more }] });
}

function submit(client: Client, version: string, body: object): Promise<Reply> {
  return expectCreated(client.post(`${at(version)}/results`, body));
}

async function guarded() {
  const scene = await gateScene();
  const { body } = await expectCreated(scene.engineer.post('/v1/incidents', incident));
  return { ...scene, key: body.key as string };
}

async function edit(client: Client, key: string, patch: object): Promise<void> {
  const address = `/v1/incidents/${key}`;
  const etag = (await client.get(address)).headers.get('etag') ?? '';
  await expectCreated(client.patch(address, patch, { 'If-Match': etag }));
}

async function step(client: Client, key: string, to: string, note: string | null = null) {
  const address = `/v1/incidents/${key}`;
  const etag = (await client.get(address)).headers.get('etag') ?? '';
  await expectCreated(client.post(`${address}/transitions`, { to, note }, { 'If-Match': etag }));
}

async function proofAtGate(client: Client, query = '', version = '2.0') {
  const { body } = await client.get(`${at(version)}/gate${query}`);
  return body.answers.at(-1).guardsAgainst[0].proof;
}

const proofOnCheck = async (client: Client) =>
  (await client.get('/v1/checks/boots-twice')).body.proofs;

test('a check is unproven until it fails on a faulty version and passes on a later one', async () => {
  const { engineer } = await guarded();
  expect(await proofAtGate(engineer)).toBe('unproven');
  await show(engineer, '1.2', 'failed');
  expect(await proofAtGate(engineer)).toBe('red_only');
  await show(engineer, '1.5', 'passed');
  expect(await proofAtGate(engineer)).toBe('proven');
});

test('results for past releases prove a check in whatever order they come', async () => {
  const { engineer } = await guarded();
  await show(engineer, '1.5', 'passed');
  expect(await proofAtGate(engineer)).toBe('green_only');
  await show(engineer, '1.2', 'failed');
  expect(await proofAtGate(engineer)).toBe('proven');
});

test('a variant that the check does not list proves nothing, and one that it listed when the result came does', async () => {
  const { engineer, key } = await guarded();
  // Else nobody takes a variant away alone.
  await edit(engineer, key, { severity: 'sev4' });
  const put = async (variants: object[]) => {
    const address = '/v1/checks/boots-twice';
    const { body, headers } = await engineer.get(address);
    const { reportedAs, kind, enforcement, appliesTo, owner, title, purpose } = body;
    const facts = { reportedAs, kind, enforcement, appliesTo, owner, title, purpose, variants };
    await expectCreated(engineer.put(address, facts, { 'If-Match': headers.get('etag') ?? '' }));
  };
  const [seven, eleven] = [{ os: 'windows-7' }, { os: 'windows-11' }];
  const proof = async () => (await proofOnCheck(engineer))[0].proof;
  await put([eleven]);
  await show(engineer, '1.5', 'passed', { variant: seven });
  await show(engineer, '1.5', 'passed');
  expect(await proof()).toBe('unproven');
  await put([seven, eleven]);
  await show(engineer, '1.2', 'failed', { variant: seven });
  expect(await proof()).toBe('red_only');
  await show(engineer, '1.5', 'passed', { variant: seven });
  expect(await proof()).toBe('proven');
  await put([eleven]);
  await show(engineer, '1.5', 'passed', { variant: eleven });
  expect(await proof()).toBe('proven');
});

test('results from before the incident was recorded count as soon as it is', async () => {
  const { engineer } = await gateScene();
  await show(engineer, '1.2', 'failed');
  await show(engineer, '1.5', 'passed');
  const { body } = await expectCreated(engineer.post('/v1/incidents', incident));
  expect(body.proofs).toEqual([{ check: 'boots-twice', proof: 'proven' }]);
  expect(await proofAtGate(engineer)).toBe('proven');
});

test('proof is on the check, on the incident, in a plan and in the requirements of a release', async () => {
  const { engineer, key } = await guarded();
  await show(engineer, '1.2', 'failed');
  await show(engineer, '1.5', 'passed');
  expect(await proofOnCheck(engineer)).toEqual([{ incident: key, proof: 'proven' }]);
  const { body: checks } = await engineer.get('/v1/checks');
  expect(checks.items[0].proofs).toEqual([{ incident: key, proof: 'proven' }]);
  const { body: read } = await engineer.get(`/v1/incidents/${key}`);
  expect(read.proofs).toEqual([{ check: 'boots-twice', proof: 'proven' }]);
  const { body: plan } = await engineer.post('/v1/products/content/required-checks', {});
  expect(plan.items[0].guardsAgainst[0].proof).toBe('proven');
  const { body: required } = await engineer.get(`${at('2.0')}/required-checks`);
  expect(required.items[0].guardsAgainst[0].proof).toBe('proven');
});

test('proof is on the report and its page, in words', async () => {
  const { service, engineer, key } = await guarded();
  await edit(engineer, key, {
    summary: 'Hosts stop.',
    whatToDo: 'Wait.',
    nextUpdateAt: '2099-01-01T00:00:00Z',
  });
  await step(engineer, key, 'in_review');
  await step(await service.as('approver'), key, 'approved');
  await step(engineer, key, 'published');
  const report = async () => service.anonymous.get(`/v1/reports/${key}`);
  expect((await report()).body.guardedBy[0].proof).toBe('unproven');
  const before = (await report()).headers.get('etag') ?? '';
  await show(engineer, '1.2', 'failed');
  await show(engineer, '1.5', 'passed');
  const later = await service.anonymous.get(`/v1/reports/${key}`, { 'if-none-match': before });
  expect(later).toMatchObject({ status: 200, body: { guardedBy: [{ proof: 'proven' }] } });
  const page = await service.app.request(`/reports/${key}`);
  expect(await page.text()).toContain('Proven: it failed on a version that had the fault');
});

test('a known fault has no proof, since no check speaks', async () => {
  const { engineer } = await guarded();
  await show(engineer, '1.2', 'failed');
  const { body } = await engineer.get(`${at('1.2')}/gate`);
  expect(body.answers[0]).toMatchObject({
    status: 'known_faulty',
    guardsAgainst: [{ proof: null }],
  });
});

test('a pipeline is not told the proof of what it may not read', async () => {
  const { service, engineer, key } = await guarded();
  await show(engineer, '1.2', 'failed');
  const pipeline = await service.as('pipeline', { products: ['content'] });
  expect(await proofAtGate(pipeline)).toBeNull();
  expect(await proofOnCheck(pipeline)).toEqual([{ incident: key, proof: null }]);
});

test('a variant as long as variants may be is kept like any other', async () => {
  const { engineer } = await guarded();
  const pairs = Array.from({ length: 20 }, (_, n) => {
    // Nothing that compresses: every character differs from its neighbours.
    const text = (length: number, from: number) =>
      Array.from({ length }, (_, i) =>
        String.fromCodePoint(from + ((i * 7919 + n * 104_729) % 20_000)),
      );
    return [`${n}${text(60, 0x4e00).join('')}`, text(128, 0x4e00).join('')];
  });
  const variant = Object.fromEntries(pairs);
  await show(engineer, '1.2', 'failed', { variant });
  await show(engineer, '1.5', 'passed', { variant });
  expect(await proofOnCheck(engineer)).toMatchObject([{ proof: 'proven' }]);
});

describe('proof follows', () => {
  test('the range of the incident', async () => {
    const { engineer, key } = await guarded();
    await show(engineer, '1.2', 'failed');
    await show(engineer, '1.5', 'passed');
    await edit(engineer, key, {
      affected: [{ product: 'content', versions: 'vers:intdot/>=1.0|<1.6' }],
    });
    expect(await proofAtGate(engineer)).toBe('red_only');
    await edit(engineer, key, {
      affected: [{ product: 'content', versions: 'vers:intdot/>=1.3|<1.5' }],
    });
    expect(await proofAtGate(engineer)).toBe('green_only');
    await edit(engineer, key, { affected: [], affectedUnknown: true });
    expect(await proofAtGate(engineer)).toBe('unproven');
  });

  test('the checks that the incident names, and comes back with them', async () => {
    const { engineer, key } = await guarded();
    await show(engineer, '1.2', 'failed');
    await edit(engineer, key, { checks: [] });
    expect(await proofOnCheck(engineer)).toEqual([]);
    await show(engineer, '1.5', 'passed');
    await edit(engineer, key, { checks: incident.checks });
    expect(await proofOnCheck(engineer)).toEqual([{ incident: key, proof: 'proven' }]);
  });

  test('a rerun: the newest run on a version speaks for it', async () => {
    const { engineer } = await guarded();
    await show(engineer, '1.2', 'failed');
    await show(engineer, '1.5', 'passed');
    await show(engineer, '1.5', 'failed');
    expect(await proofAtGate(engineer)).toBe('red_only');
    await show(engineer, '1.2', 'passed');
    expect(await proofAtGate(engineer)).toBe('unproven');
  });

  test('a run that another report completes', async () => {
    const { engineer } = await guarded();
    await show(engineer, '1.2', 'failed');
    await expectCreated(engineer.put(at('1.5'), {}));
    await expectCreated(engineer.put('/v1/checks/other', check));
    const part = (name: string) => ({
      run: 'night',
      shards: 2,
      results: [{ check: name, outcome: 'passed' }],
    });
    await submit(engineer, '1.5', part('boots-twice'));
    expect(await proofOnCheck(engineer)).toMatchObject([{ proof: 'red_only' }]);
    await submit(engineer, '1.5', part('other'));
    expect(await proofOnCheck(engineer)).toMatchObject([{ proof: 'proven' }]);
  });

  test('the artifacts that a release lists', async () => {
    const { engineer } = await guarded();
    await show(engineer, '1.2', 'failed');
    const built = (letter: string) => ({ artifacts: [{ name: 'a', sha256: letter.repeat(64) }] });
    await expectCreated(engineer.put(at('1.5'), built('a')));
    await show(engineer, '1.5', 'passed');
    expect(await proofAtGate(engineer)).toBe('proven');
    await expectCreated(engineer.put(at('1.5'), built('b')));
    expect(await proofAtGate(engineer)).toBe('red_only');
    await expectCreated(engineer.put(at('1.5'), built('a')));
    expect(await proofAtGate(engineer)).toBe('proven');
  });
});

test('what is remembered of a release is never served with the proof of before', async () => {
  const { engineer } = await guarded();
  for (const [version, outcome, proof] of [
    ['1.2', 'failed', 'red_only'],
    ['1.5', 'passed', 'proven'],
    ['1.2', 'passed', 'green_only'],
  ] as const) {
    // Asked twice, so that it is remembered.
    await proofAtGate(engineer);
    await proofAtGate(engineer);
    await show(engineer, version, outcome);
    expect(await proofAtGate(engineer)).toBe(proof);
  }
});

test('results that change no proof leave everything remembered of other releases alone', async () => {
  const { service, engineer } = await guarded();
  await show(engineer, '1.2', 'failed');
  await show(engineer, '1.5', 'passed');
  const catalogue = async () =>
    (await service.database.pool.query('select at::text from catalogue')).rows[0].at;
  const before = await catalogue();
  await show(engineer, '1.5', 'passed');
  await show(engineer, '1.6', 'passed');
  await show(engineer, '1.3', 'failed');
  await show(engineer, '1.7', 'failed');
  expect(await catalogue()).toBe(before);
});

test('asOf answers with the proof as it was known then', async () => {
  const { engineer, key } = await guarded();
  const now = async () => (await engineer.get(`${at('2.0')}/gate`)).body.asOf as string;
  const seen: [string, string][] = [];
  const note = async () => seen.push([await now(), await proofAtGate(engineer)]);
  await note();
  await show(engineer, '1.2', 'failed');
  await note();
  await show(engineer, '1.5', 'passed');
  await note();
  await edit(engineer, key, {
    affected: [{ product: 'content', versions: 'vers:intdot/>=1.0|<1.6' }],
  });
  await note();
  await show(engineer, '1.6', 'passed');
  await note();
  expect(seen.map(([, proof]) => proof)).toEqual([
    'unproven',
    'red_only',
    'proven',
    'red_only',
    'proven',
  ]);
  for (const [asOf, proof] of seen) {
    expect(await proofAtGate(engineer, `?asOf=${asOf}`)).toBe(proof);
  }
});

test('a proof is no part of the verdict', async () => {
  const { engineer } = await guarded();
  const verdict = async () => {
    const { body } = await engineer.get(`${at('2.0')}/gate`);
    return [body.verdict, body.summary];
  };
  const before = await verdict();
  await show(engineer, '1.2', 'failed');
  await show(engineer, '1.5', 'passed');
  expect(await verdict()).toEqual(before);
});

test('versions of one product prove nothing of another', async () => {
  const { engineer } = await guarded();
  await expectCreated(engineer.put('/v1/products/other', product));
  await expectCreated(engineer.put('/v1/products/other/releases/1.2', {}));
  const results = [{ check: 'boots-twice', outcome: 'failed' }];
  await expectCreated(engineer.post('/v1/products/other/releases/1.2/results', { results }));
  expect(await proofAtGate(engineer)).toBe('unproven');
});
