/** Every write leaves a line in the audit trail: who, in which role, from where, and what. */
import { expect, test } from 'vitest';
import { type Client, type Reply, type TestService, testService } from '../support/service.ts';
import { operations } from './every-operation.ts';
import { makeToken } from './make-token.ts';

const release = '/v1/products/sensor/releases/1.2';

const bodies = {
  product: { name: 'Sensor', versionScheme: 'intdot', rings: ['canary', 'general'] },
  check: {
    title: 'Boots twice',
    purpose: 'A host starts twice after the update.',
    kind: 'automated',
    enforcement: 'required',
    appliesTo: { products: ['sensor'] },
    reportedAs: [{ name: 'boots' }],
    owner: 'release-engineering',
  },
  driver: {
    name: 'Audio bus',
    vendor: 'Example',
    kind: 'kernel_driver',
    platform: 'windows',
    versionScheme: 'intdot',
    identity: { fileNames: ['AudioBus.sys'] },
    access: 'lab',
  },
  shipment: { ring: 'canary', shippedAt: '2024-07-19T04:09:00Z' },
  results: { results: [{ check: 'boots', outcome: 'failed' }] },
  junit: '<testsuite><testcase name="boots"/></testsuite>',
  incident: {
    key: 'HF-2024-0001',
    title: 'Hosts stop at start',
    severity: 'sev3',
    summary: 'Hosts that took the update stop at start.',
    whatToDo: 'Start into safe mode.',
    affectedUnknown: true,
    nextUpdateAt: '2099-07-20T12:00:00Z',
  },
};

/** One write of each kind, in an order that works, by whoever may. */
async function writeEverything(service: TestService) {
  const people = {
    ada: await service.as('admin', { name: 'ada' }),
    ann: await service.as('engineer', { name: 'ann' }),
    ben: await service.as('approver', { name: 'ben' }),
    farm: await service.as('pipeline', { name: 'farm', products: ['sensor'] }),
  };
  const { ada, ann, ben, farm } = people;
  const done: Reply[] = [];
  const say = async (reply: Promise<Reply>) => {
    done.push(await reply);
    expect((await reply).status, JSON.stringify((await reply).body)).toBeLessThan(300);
    return reply;
  };

  await say(ann.put('/v1/products/sensor', bodies.product));
  await say(ann.put('/v1/checks/boots', bodies.check));
  await say(ann.put('/v1/drivers/audio-bus', bodies.driver));
  await say(ann.post('/v1/driver-imports', { drivers: [{ key: 'camera', ...bodies.driver }] }));
  await say(farm.put(release, { kind: 'code' }));
  await say(ann.post(`${release}/shipments`, bodies.shipment));
  await say(farm.post(`${release}/decisions`, { ring: 'canary' }));
  await say(farm.post(`${release}/results`, bodies.results));
  await say(
    farm.post(`${release}/test-reports`, bodies.junit, { 'content-type': 'application/xml' }),
  );
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const asked = { check: 'boots', reason: 'The lab is down.', expiresAt };
  const waiver = await say(farm.post(`${release}/waivers`, asked));
  await say(ben.post(`/v1/waivers/${waiver.body.id}/approval`));
  await say(ann.post(`/v1/waivers/${waiver.body.id}/revocation`, { reason: 'It is back.' }));
  const logged = await say(ann.post('/v1/incidents', bodies.incident));
  const address = '/v1/incidents/HF-2024-0001';
  const ifMatch = { 'If-Match': logged.headers.get('etag') ?? '' };
  const edited = await say(ann.patch(address, { severity: 'sev2' }, ifMatch));
  const weaker = `/v1/checks/boots?reason=It%20is%20flaky`;
  const guards = { checks: [{ check: 'boots', why: 'It starts the host.' }] };
  const guarded = { 'If-Match': edited.headers.get('etag') ?? '' };
  const linked = await say(ann.patch(address, guards, guarded));
  const revision1 = { 'If-Match': '"1"' };
  const advisory = { ...bodies.check, enforcement: 'advisory' };
  await say(ann.put(weaker, advisory, revision1));
  await say(ann.post('/v1/checks/boots/proposals/1/rejection', { reason: 'It is not.' }));
  await say(ann.put(weaker, advisory, revision1));
  await say(ben.post('/v1/checks/boots/proposals/2/approval'));
  const again = { 'If-Match': linked.headers.get('etag') ?? '' };
  await say(ann.post(`${address}/transitions`, { to: 'in_review' }, again));
  await writeHolds(people, say);
  const token = await say(ada.post('/v1/tokens', { name: 'new', role: 'reader' }));
  await say(ada.delete(`/v1/tokens/${token.body.id}`));
  const webhook = await say(ada.post('/v1/webhooks', { url: 'https://hooks.example.com/x' }));
  const hook = `/v1/webhooks/${webhook.body.id}`;
  await say(ada.patch(hook, { description: 'The chat' }));
  await say(ada.post(`${hook}/secret`));
  const tried = await say(ada.post(`${hook}/test`));
  await say(ada.post(`${hook}/deliveries/${tried.body.id}/redelivery`));
  await say(ada.delete(hook));
  return { ...people, waiver: waiver.body.id, token: token.body.id, done };
}

async function writeHolds(
  { ann, ben }: { ann: Client; ben: Client },
  say: (reply: Promise<Reply>) => Promise<Reply>,
): Promise<void> {
  const driver = { driver: 'audio-bus', versions: null, versionOf: 'file', role: 'trigger' };
  const affected = [{ product: 'sensor', versions: 'vers:intdot/1.2' }];
  const { key: _, affectedUnknown: __, ...said } = bodies.incident;
  const beside = { ...said, key: 'HF-2024-0002', affected, drivers: [driver] };
  await say(ann.post('/v1/incidents', beside));
  const proposed = await say(ann.post('/v1/incidents/HF-2024-0002/holds'));
  const [{ id }] = proposed.body.items;
  const hold = {
    product: 'sensor',
    versions: 'vers:intdot/1.2',
    title: 'Kept from machines with it.',
    match: { anyOf: [{ driver: 'audio-bus' }] },
    releaseWhen: { inWords: 'It starts.' },
    reason: 'It stops.',
  };
  await say(ann.post('/v1/holds', { ...hold, incident: 'HF-2024-0002' }));
  const { product, ...replacement } = hold;
  const { headers } = await ann.get(`/v1/holds/${id}`);
  await say(ann.put(`/v1/holds/${id}`, replacement, { 'If-Match': headers.get('etag') ?? '' }));
  await say(ann.post(`/v1/holds/${id}/activation`, { reason: 'Seen.' }));
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const override = { rings: ['canary'], reason: 'To see it.', expiresAt };
  const overridden = await say(ann.post(`/v1/holds/${id}/overrides`, override));
  const at = `/v1/holds/${id}/overrides/${overridden.body.overrides[0].id}/revocation`;
  await say(ann.post(at, { reason: 'Seen.' }));
  const past = { reason: 'Enough.', pastConditionReason: 'Enough.' };
  await say(ben.post(`/v1/holds/${id}/release`, past));
}

test('every operation that writes leaves one line: who, in which role, and where', async () => {
  const service = await testService();
  const { ada, waiver, token } = await writeEverything(service);

  const { body } = await ada.get('/v1/audit?limit=200');
  const lines = body.items.map(
    (entry: { operation: string; by: string; role: string; subject: string }) =>
      `${entry.operation} by ${entry.by}, ${entry.role}: ${entry.subject.replace(/\/\d+$/, '/…')}`,
  );
  expect(lines.reverse()).toEqual([
    'putProduct by ann, engineer: /v1/products/sensor',
    'putCheck by ann, engineer: /v1/checks/boots',
    'putDriver by ann, engineer: /v1/drivers/audio-bus',
    'importDrivers by ann, engineer: /v1/driver-imports',
    `putRelease by farm, pipeline: ${release}`,
    `recordShipment by ann, engineer: ${release}/shipments/…`,
    'recordDecision by farm, pipeline: /v1/decisions/…',
    expect.stringMatching(/^submitResults by farm, pipeline: \/v1\/products\/sensor/),
    expect.stringMatching(/^importTestReport by farm, pipeline: \/v1\/products\/sensor/),
    'requestWaiver by farm, pipeline: /v1/waivers/…',
    'approveWaiver by ben, approver: /v1/waivers/…',
    'revokeWaiver by ann, engineer: /v1/waivers/…',
    'createIncident by ann, engineer: /v1/incidents/HF-2024-0001',
    'updateIncident by ann, engineer: /v1/incidents/HF-2024-0001',
    'updateIncident by ann, engineer: /v1/incidents/HF-2024-0001',
    'putCheck by ann, engineer: /v1/checks/boots/proposals/…',
    'rejectCheckProposal by ann, engineer: /v1/checks/boots/proposals/…',
    'putCheck by ann, engineer: /v1/checks/boots/proposals/…',
    'approveCheckProposal by ben, approver: /v1/checks/boots/proposals/…',
    'transitionIncident by ann, engineer: /v1/incidents/HF-2024-0001',
    'createIncident by ann, engineer: /v1/incidents/HF-2024-0002',
    'proposeHolds by ann, engineer: /v1/incidents/HF-2024-0002/holds',
    'createHold by ann, engineer: /v1/holds/…',
    'replaceHold by ann, engineer: /v1/holds/…',
    'activateHold by ann, engineer: /v1/holds/…',
    'overrideHold by ann, engineer: /v1/holds/…',
    'revokeHoldOverride by ann, engineer: /v1/holds/…',
    'releaseHold by ben, approver: /v1/holds/…',
    'createToken by ada, admin: /v1/tokens/…',
    'revokeToken by ada, admin: /v1/tokens/…',
    'createWebhook by ada, admin: /v1/webhooks/…',
    'updateWebhook by ada, admin: /v1/webhooks/…',
    expect.stringMatching(/^rotateWebhookSecret by ada, admin: \/v1\/webhooks\/\d+\/secret$/),
    expect.stringMatching(/^testWebhook by ada, admin: \/v1\/webhooks\/\d+\/test$/),
    expect.stringMatching(/^redeliverWebhookEvent by ada, admin: .*\/redelivery$/),
    'deleteWebhook by ada, admin: /v1/webhooks/…',
  ]);
  expect([waiver, token]).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)]);

  const written = new Set(body.items.map(({ operation }: { operation: string }) => operation));
  const writes = operations.filter(
    ({ method, id }) =>
      method !== 'GET' && !['planRequiredChecks', 'evaluateAffected', 'evaluateHolds'].includes(id),
  );
  expect(writes.map(({ id }) => id).filter((id) => !written.has(id))).toEqual([]);
});

test('a line has what was written, the id of the request, and when', async () => {
  const service = await testService();
  const engineer = await service.as('engineer');
  await engineer.put('/v1/products/sensor', bodies.product, { 'x-request-id': 'build-4711' });

  const { body } = await (await service.as('admin')).get('/v1/audit');
  expect(body.items).toEqual([
    {
      id: expect.stringMatching(/^\d+$/),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      by: 'engineer',
      tokenId: expect.stringMatching(/^\d+$/),
      role: 'engineer',
      operation: 'putProduct',
      subject: '/v1/products/sensor',
      requestId: 'build-4711',
      remoteAddress: null,
      change: { ...bodies.product, components: [], platforms: [], waiverDaysMax: {} },
    },
  ]);
});

test('a line has the address that the request came from', async () => {
  const service = await testService();
  const secret = await makeToken(service, { role: 'engineer' });
  const { status } = await service.app.request(
    '/v1/products/sensor',
    {
      method: 'PUT',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(bodies.product),
    },
    { incoming: { socket: { remoteAddress: '192.0.2.7' } } },
  );
  expect(status).toBe(201);
  const { body } = await (await service.as('admin')).get('/v1/audit');
  expect(body.items).toMatchObject([{ remoteAddress: '192.0.2.7' }]);
});

test('what is refused, and what changes nothing, leaves no line', async () => {
  const service = await testService();
  const engineer: Client = await service.as('engineer');
  await engineer.put('/v1/products/sensor', bodies.product);

  const check = { ...bodies.check, appliesTo: { products: ['nothing'] } };
  const statuses = [
    await engineer.put('/v1/products/sensor', bodies.product),
    await engineer.put('/v1/products/sensor', { ...bodies.product, name: '' }),
    await engineer.put('/v1/products/sensor', { ...bodies.product, name: 'Other' }),
    await engineer.put('/v1/checks/boots', check),
    await engineer.post('/v1/tokens', { name: 'me', role: 'admin' }),
    await (await service.as('reader')).put('/v1/products/other', bodies.product),
    await service.anonymous.put('/v1/products/other', bodies.product),
  ].map(({ status }) => status);
  expect(statuses).toEqual([200, 400, 428, 422, 403, 403, 401]);
  expect((await (await service.as('admin')).get('/v1/audit')).body.items).toHaveLength(1);
});
