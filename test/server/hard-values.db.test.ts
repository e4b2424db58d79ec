/** What is hard to take, in every place of every body: refused with its place, or taken, but never a failure. */
import { document } from 'holdfast:contract';
import { beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../src/contract/problems.ts';
import { schemasOf } from '../../src/contract/schemas.ts';
import { operations } from '../access/every-operation.ts';
import { type FullBody, fullBody, nothing, type Place } from './full-body.ts';
import { hardValues, poisons } from './hard-values.ts';
import { type Scene, sceneOfExamples } from './scene-of-examples.ts';

const schemas = schemasOf(document);

/** Every operation that takes JSON, with the schema that its body is made from. */
const writing = operations.flatMap((operation) => {
  const { id } = operation;
  const { mediaType, schemaAt } = operation.body?.media[0] ?? {};
  if (!mediaType || !schemaAt) return [];
  // A merge patch may hold anything; what it is merged with may not.
  const madeFrom = id === 'updateIncident' ? '/components/schemas/IncidentRecord' : schemaAt;
  return [{ id, operation, mediaType, schemaAt, madeFrom }];
});

/** Every operation that reads; the report is nobody's until it is published. */
const reading = operations.flatMap((operation) => {
  const { id, method } = operation;
  return method === 'GET' && id !== 'getReport' ? [{ id, operation }] : [];
});

type Writing = (typeof writing)[number];

const day = 86_400_000;
const soon = new Date(Date.now() + day).toISOString();

/** What has a meaning beyond its schema. */
const fillings: Readonly<Record<string, unknown>> = {
  product: 'sensor-content',
  '/key': 'HF-2023-0001',
  os: 'windows-11',
  'products/0': 'sensor-content',
  check: 'channel-boot-loop',
  '/actions/0/checks/0': 'channel-boot-loop',
  driver: 'example-audio-bus',
  'components/0': 'template-types',
  'platforms/0': 'windows',
  'rings/0': 'canary',
  ring: 'canary',
  versions: 'vers:intdot/>=1|<2',
  osBuilds: 'vers:intdot/>=1|<2',
  noVersionsBecause: nothing,
  until: '2024-07-20T04:09:00Z',
  about: '/title',
  '/timeline/0/at': '2024-07-19T04:09:00Z',
  expiresAt: soon,
  effectiveFrom: soon,
  retiredAt: new Date(Date.now() + 2 * day).toISOString(),
  to: 'in_review',
};

/** The kind of check that has a minimum. */
const fillingsOf: Readonly<Record<string, object>> = { putCheck: { '/kind': 'canary' } };

function bodyOf({ id, madeFrom }: Writing): FullBody {
  const { body, places } = fullBody(madeFrom, { ...fillings, ...fillingsOf[id] });
  if (id !== 'updateIncident') return { body, places };
  // What lies deeper in a record is createIncident's to try.
  return { body, places: places.filter(({ pointer }) => pointer.split('/').length <= 2) };
}

let scene: Scene;

beforeEach(async () => {
  scene = await sceneOfExamples();
});

function send({ id, operation, mediaType }: Writing, address: string, text: string) {
  const changesWhatIs = id === 'updateIncident' || id === 'transitionIncident';
  const headers = { 'content-type': mediaType, ...(changesWhatIs && { 'if-match': '*' }) };
  return scene.ask(address, { method: operation.method, headers, body: text });
}

/** The body with this JSON text in this place. */
function textWith({ body }: FullBody, { pointer }: Place, raw: string): string {
  if (pointer === '') return raw;
  const steps = pointer.slice(1).split('/');
  const last = steps.pop() as string;
  const changed = structuredClone(body);
  // biome-ignore lint/suspicious/noExplicitAny: the place is one of this body's own
  const parent = steps.reduce((value: any, step) => value[step], changed);
  parent[last] = '<here>';
  return JSON.stringify(changed).replace('"<here>"', () => raw);
}

const texts = (whole: FullBody, valuesFor: (place: Place) => readonly string[]) =>
  whole.places.flatMap((place) =>
    valuesFor(place).map((raw) => ({ place, text: textWith(whole, place, raw) })),
  );

test.each(writing)('$id takes a body with every field filled', async (its) => {
  const { body } = bodyOf(its);
  const address = await scene.addressFor(its.operation);
  const response = await send(its, address, JSON.stringify(body));
  expect([200, 201], await response.clone().text()).toContain(response.status);
});

test.each(writing)(
  '$id: 400 that names the place of what cannot be stored, wherever it stands, and nothing is stored',
  async (its) => {
    const address = await scene.addressFor(its.operation);
    const before = await scene.rows();
    for (const { place, text } of texts(bodyOf(its), () => poisons)) {
      const response = await send(its, address, text);
      expect(response.status, text).toBe(400);
      const { errors: [fault] = [] } = (await response.json()) as Problem;
      expect(fault?.pointer?.startsWith(place.pointer), `${text}: ${fault?.pointer}`).toBe(true);
    }
    expect(await scene.rows()).toEqual(before);
  },
);

test.each(writing)(
  '$id: 400 for what does not fit its place, no failure for what does, and nothing is stored of what is refused',
  async (its) => {
    const validate = schemas.at(its.schemaAt);
    const hard = texts(bodyOf(its), hardValues).map((each) => {
      const fits = validate(JSON.parse(each.text)).length === 0;
      return { ...each, fits };
    });

    const refused: { address: string; text: string }[] = [];
    for (const { text } of hard.filter(({ fits }) => fits)) {
      const address = await scene.addressFor(its.operation);
      const { status, headers } = await send(its, address, text);
      expect(status, text).toBeLessThan(500);
      if (status >= 400) refused.push({ address, text });
      const made = headers.get('location');
      if (made) expect((await scene.ask(made)).status, text).toBe(200);
    }
    const unfit = await scene.addressFor(its.operation);
    const before = await scene.rows();
    for (const { address, text } of refused) {
      expect((await send(its, address, text)).status, text).toBeGreaterThanOrEqual(400);
    }
    for (const { text } of hard.filter(({ fits }) => !fits)) {
      expect((await send(its, unfit, text)).status, text).toBe(400);
    }
    expect(await scene.rows()).toEqual(before);

    // What was taken stands in nobody's way.
    for (const { id, operation } of reading) {
      expect((await scene.ask(await scene.addressFor(operation))).status, id).toBe(200);
    }
    expect(scene.logged).toEqual([]);
  },
  120_000,
);
