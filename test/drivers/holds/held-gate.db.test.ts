/** The gate with holds: what they turn a known fault into, since when, for which ring, and for whom. */
import { beforeEach, describe, expect, test } from 'vitest';
import { expectCreated } from '../../support/gate-scene.ts';
import { audioBus, beside, byHand, type HoldScene, holdScene, involved } from './hold-scene.ts';

let scene: HoldScene;
let key: string;
beforeEach(async () => {
  scene = await holdScene();
  await scene.ann.put(
    '/v1/products/sensor-content',
    { name: 'Sensor content', versionScheme: 'intdot', rings: ['canary', 'general'] },
    { 'If-Match': '*' },
  );
  key = await scene.log({ ...beside, checks: [] });
});

const statuses = ({ answers }: { answers: { check: string | null; status: string }[] }) =>
  answers.filter(({ check }) => check === null).map(({ status }) => status);
const outline = async (query?: string) => {
  const decision = await scene.gate(query);
  return [...statuses(decision), ...decision.holds.map(({ hold }: { hold: string }) => hold)];
};

test('a proposed hold changes nothing, an active one holds, and a released one leaves the fault as it was', async () => {
  const id = await scene.propose(key);
  expect(await outline()).toEqual(['known_faulty']);
  await scene.activate(id);
  expect(await scene.gate()).toMatchObject({
    verdict: 'pending',
    answers: [
      { status: 'held', incident: key, next: expect.stringContaining(`hold ${id}`) },
      { check: 'boot-loop' },
      { check: 'field-count' },
    ],
    holds: [
      {
        hold: id,
        incident: key,
        severity: 'sev1',
        title: `Kept from machines with Audio bus that ${key} harms.`,
      },
    ],
    summary: expect.stringContaining(`held from the machines that ${key} harms`),
  });
  const release = { reason: 'Enough.', pastConditionReason: 'It was withdrawn everywhere.' };
  expect(await scene.ben.post(`/v1/holds/${id}/release`, release)).toMatchObject({ status: 200 });
  expect(await outline()).toEqual(['known_faulty']);
});

test('it may ship once everything else passed, and the shipment says so', async () => {
  await scene.hold(key);
  const results = ['boot-loop', 'field-count'].map((check) => ({ check, outcome: 'passed' }));
  const release = '/v1/products/sensor-content/releases/7.1';
  await scene.ann.post(`${release}/results`, { results });
  expect(await scene.gate()).toMatchObject({ verdict: 'passed', mayShip: true });
  const shipped = await scene.ann.post(`${release}/shipments`, { ring: 'general' });
  expect(shipped).toMatchObject({ status: 201, body: { verdict: 'passed' } });
});

test('a hold whose range does not hold the version does not help', async () => {
  const { body } = await scene.ann.post('/v1/holds', {
    ...byHand,
    incident: key,
    versions: 'vers:intdot/>=7.2|<8',
    releaseWhen: { inWords: 'Never.' },
  });
  await scene.activate(body.id);
  expect(await outline()).toEqual(['known_faulty']);
});

test('what the hold does not keep it from is known to be faulty, also once the incident says more, and then only', async () => {
  await expectCreated(scene.ann.put('/v1/drivers/other-bus', { ...audioBus, name: 'Other bus' }));
  const id = await scene.hold(key);
  const { activatedAt } = (await scene.ann.get(`/v1/holds/${id}`)).body;
  await scene.edit(scene.ann, key, {
    drivers: [involved, { ...involved, driver: 'other-bus', visibility: 'internal' }],
  });
  const decision = await scene.gate();
  expect(decision).toMatchObject({ verdict: 'blocked', holds: [{ hold: id }] });
  expect(decision.answers[0]).toMatchObject({
    status: 'known_faulty',
    next: `Ship a version that ${key} does not affect, or propose holds from ${key} anew and activate them. The hold ${id} does not keep it from every machine that is harmed. No waiver helps.`,
    guardsAgainst: [
      {
        why: `It affects vers:intdot/>=7|<8. The hold ${id} does not keep it from all machines with other-bus (file version vers:intdot/>=10.29|<10.30).`,
      },
    ],
  });
  const pipeline = await scene.service.as('pipeline');
  expect(JSON.stringify(await scene.gate('', pipeline))).not.toContain('other-bus');
  expect(await outline(`?asOf=${activatedAt}`)).toEqual(['held', id]);

  const { body } = await scene.ann.post(`/v1/incidents/${key}/holds`);
  const [anew] = body.items;
  expect((await scene.gate()).answers[0].next).toContain(`activate hold ${anew.id}`);
  await scene.activate(anew.id);
  expect(await outline()).toEqual(['held', id, anew.id]);
});

test('a correction does not make a hold enough before it is published', async () => {
  await expectCreated(scene.ann.put('/v1/drivers/other-bus', { ...audioBus, name: 'Other bus' }));
  await scene.edit(scene.ann, key, { drivers: [involved, { ...involved, driver: 'other-bus' }] });
  await scene.publish(key);
  await scene.edit(scene.ann, key, { drivers: [involved] });
  const { body } = await scene.ann.post('/v1/holds', {
    ...byHand,
    visibility: 'internal',
    incident: key,
    releaseWhen: { inWords: 'Never.' },
  });
  await scene.activate(body.id);
  expect((await scene.gate()).answers[0]).toMatchObject({
    status: 'known_faulty',
    next: expect.stringContaining(`have the correction of ${key} published`),
  });
});

test('what is asked on machines with the driver is not asked beside a hold that keeps it from them', async () => {
  const canary = {
    title: 'Runs beside the audio bus',
    purpose: 'It stopped.',
    kind: 'canary',
    enforcement: 'required',
    appliesTo: { products: ['sensor-content'] },
    owner: 'sensors',
    minimum: { machines: 20, hours: 24 },
    variantsFrom: { drivers: 'all' },
  };
  expect(await scene.ann.put('/v1/checks/audio-canary', canary)).toMatchObject({
    status: 201,
  });
  await scene.edit(scene.ann, key, { checks: [{ check: 'audio-canary', why: 'It stopped.' }] });
  const variant = { driver: 'audio-bus', fileVersion: '>=10.29|<10.30' };
  const results = [
    { check: 'audio-canary', outcome: 'failed', variant, machines: 20, hours: 24 },
    ...['boot-loop', 'field-count'].map((check) => ({ check, outcome: 'passed' })),
  ];
  await scene.ann.post('/v1/products/sensor-content/releases/7.1/results', { results });
  expect((await scene.gate()).verdict).toBe('blocked');
  const id = await scene.hold(key);
  const decision = await scene.gate();
  expect(decision).toMatchObject({ verdict: 'passed', mayShip: true });
  expect(decision.answers).toContainEqual(
    expect.objectContaining({
      check: 'audio-canary',
      variant,
      status: 'held',
      insteadOf: 'failed',
    }),
  );
  const required = '/v1/products/sensor-content/releases/7.1/required-checks';
  expect((await scene.ann.get(required)).body.items).toMatchObject([
    { check: 'audio-canary', heldBy: [id] },
    ...['boot-loop', 'field-count'].map((check) => ({ check, heldBy: [] })),
  ]);
  const overrides = `/v1/holds/${id}/overrides`;
  await scene.ann.post(overrides, { rings: ['canary'], reason: 'Lab.', expiresAt: inDays(1) });
  expect((await scene.gate('?ring=canary')).answers).toContainEqual(
    expect.objectContaining({ check: 'audio-canary', status: 'failed', insteadOf: null }),
  );
});

test('an override of a ring lets the fault stand there, until it is revoked', async () => {
  const id = await scene.hold(key);
  const override = { rings: ['canary'], reason: 'To see it.', expiresAt: inDays(1) };
  const { body } = await scene.ann.post(`/v1/holds/${id}/overrides`, override);
  expect(await outline('?ring=canary')).toEqual(['known_faulty']);
  expect(await outline('?ring=general')).toEqual(['held', id]);
  const [{ id: overrideId }] = body.overrides;
  const revocation = `/v1/holds/${id}/overrides/${overrideId}/revocation`;
  expect(await scene.ann.post(revocation, { reason: 'Seen.' })).toMatchObject({ status: 200 });
  expect(await outline('?ring=canary')).toEqual(['held', id]);
});

test('as of an instant, a hold is as it was then', async () => {
  const id = await scene.hold(key);
  const activeFrom = (await scene.ann.get(`/v1/holds/${id}`)).body.activatedAt;
  const override = { rings: ['canary'], reason: 'To see it.', expiresAt: inDays(1) };
  const overridden = await scene.ann.post(`/v1/holds/${id}/overrides`, override);
  const [{ setAt, id: overrideId }] = overridden.body.overrides;
  await scene.ann.post(`/v1/holds/${id}/overrides/${overrideId}/revocation`, { reason: 'Seen.' });
  const released = await scene.ben.post(`/v1/holds/${id}/release`, {
    reason: 'Enough.',
    pastConditionReason: 'It was withdrawn everywhere.',
  });
  const { releasedAt } = released.body;
  const then = (at: string, ring = 'general') => outline(`?ring=${ring}&asOf=${at}`);
  expect(await then(before(activeFrom))).toEqual(['known_faulty']);
  expect(await then(activeFrom)).toEqual(['held', id]);
  expect(await then(setAt, 'canary')).toEqual(['known_faulty']);
  expect(await then(before(setAt), 'canary')).toEqual(['held', id]);
  expect(await then(before(releasedAt), 'canary')).toEqual(['held', id]);
  expect(await then(releasedAt)).toEqual(['known_faulty']);
});

test('a withdrawn incident holds nothing', async () => {
  await scene.hold(key);
  await scene.publish(key);
  await scene.move(scene.ann, key, 'withdrawn', 'It was another driver.');
  expect(await outline()).toEqual([]);
});

test('whoever waits for the verdict is told when a hold becomes active', async () => {
  const id = await scene.propose(key);
  expect((await scene.gate()).verdict).toBe('blocked');
  await scene.activate(id);
  expect((await scene.gate()).verdict).toBe('pending');
});

describe('who may not read the incident', () => {
  test('is told the hold, and the incident by key and severity', async () => {
    const id = await scene.hold(key);
    const pipeline = await scene.service.as('pipeline');
    const { holds } = await scene.gate('', pipeline);
    expect(holds).toEqual([
      { hold: id, incident: key, severity: 'sev1', title: null, reportUrl: null },
    ]);
  });

  test('and reads the sentence once hold and incident are public', async () => {
    const id = await scene.hold(key);
    await scene.publish(key);
    const pipeline = await scene.service.as('pipeline');
    const { holds } = await scene.gate('', pipeline);
    expect(holds).toMatchObject([
      { hold: id, title: expect.stringContaining('Audio bus'), reportUrl: expect.any(String) },
    ]);
  });
});

test('a recorded decision keeps its holds, and comes out the same when it is decided again', async () => {
  const id = await scene.hold(key);
  const decisions = '/v1/products/sensor-content/releases/7.1/decisions';
  const { body } = await scene.ann.post(decisions, { ring: 'general' });
  expect(body).toMatchObject({ decision: { holds: [{ hold: id }] }, replay: { same: true } });
  const { body: given } = await scene.ann.get(`/v1/decisions/${body.id}/facts`);
  expect(given.facts.holds).toMatchObject([{ id, incident: key, overrides: [] }]);
});

test('the facts of a decision are refused to who may not read the incident of one of its holds', async () => {
  const other = await scene.log({
    ...beside,
    affected: [{ product: 'sensor', versions: 'vers:intdot/1' }],
    affectedUnknown: false,
  });
  await scene.edit(scene.ann, other, {
    affected: [
      { product: 'sensor-content', versions: 'vers:intdot/>=7|<8' },
      { product: 'sensor', versions: 'vers:intdot/1' },
    ],
  });
  const { body } = await scene.ann.post('/v1/holds', { ...byHand, incident: other });
  await scene.activate(body.id);
  await scene.edit(scene.ann, other, {
    affected: [{ product: 'sensor', versions: 'vers:intdot/1' }],
  });
  const decisions = '/v1/products/sensor-content/releases/7.1/decisions';
  const recorded = await scene.ann.post(decisions, { ring: 'general' });
  const facts = `/v1/decisions/${recorded.body.id}/facts`;
  const bound = await scene.service.as('engineer', { products: ['sensor-content'] });
  expect(await scene.ann.get(facts)).toMatchObject({ status: 200 });
  expect(await bound.get(facts)).toMatchObject({ status: 403 });
});

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** A microsecond earlier. */
function before(instant: string): string {
  const [seconds = '', fraction = '000000'] = instant.replace('Z', '').split('.');
  const micros = BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction) - 1n;
  const whole = new Date(Number(micros / 1_000_000n) * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(micros % 1_000_000n).padStart(6, '0')}Z`;
}
