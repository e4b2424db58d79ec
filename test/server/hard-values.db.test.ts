/** What is hard to take, in every place of every body: refused with its place, or taken, but never a failure. */
import { document } from 'holdfast:contract';
import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../src/contract/problems.ts';
import { schemasOf } from '../../src/contract/schemas.ts';
import { operations } from '../access/every-operation.ts';
import type { FullBody, Place } from './full-body.ts';
import { hardValues, poisons } from './hard-values.ts';
import { bodyOf, send, textWith, writing } from './json-bodies.ts';
import { type Scene, sceneOfExamples } from './scene-of-examples.ts';

const schemas = schemasOf(document);

/** Every operation that reads; the report is nobody's until it is published. */
const reading = operations.flatMap((operation) => {
  const { id, method } = operation;
  return method === 'GET' && id !== 'getReport' ? [{ id, operation }] : [];
});

let scene: Scene;

// One for all: whatever is stored of it must not stand in the way of the next.
beforeAll(async () => {
  scene = await sceneOfExamples();
});

/**
 * Bodies with one of these values each, and where it stands. Every value stands in some place, and every place has two
 * of its own, other ones than its neighbours: all values in all places would be many thousand bodies.
 */
function bodiesWith({ body, places }: FullBody, valuesFor: (place: Place) => readonly string[]) {
  const tried = new Set<string>();
  return places.flatMap((place, index) => {
    const values = valuesFor(place);
    return values.flatMap((_, step) => {
      const value = values[(2 * index + step) % values.length] as string;
      if (step >= 2 && tried.has(value)) return [];
      tried.add(value);
      return [{ pointer: place.pointer, text: textWith(body, place.pointer, value) }];
    });
  });
}

test.each(writing)(
  '$id takes a body with every field filled; 400 that names the place of a poison in any of them, and nothing is stored',
  async (its) => {
    const full = bodyOf(its);
    const whole = await scene.addressFor(its.operation);
    const taken = await send(scene, its, whole, JSON.stringify(full.body));
    expect([200, 201], await taken.clone().text()).toContain(taken.status);

    const address = await scene.addressFor(its.operation);
    const before = await scene.rows();
    for (const { pointer, text } of bodiesWith(full, () => poisons)) {
      const response = await send(scene, its, address, text);
      expect(response.status, text).toBe(400);
      const { errors: [fault] = [] } = (await response.json()) as Problem;
      expect(fault?.pointer?.startsWith(pointer), `${text}: ${fault?.pointer}`).toBe(true);
    }
    expect(await scene.rows()).toEqual(before);
  },
);

test.each(writing)(
  '$id: 400 for what does not fit its place, no failure for what does, and nothing is stored of what is refused',
  async (its) => {
    const validate = schemas.at(its.schemaAt);
    const hard = bodiesWith(bodyOf(its), hardValues).map(({ text }) => {
      const fits = validate(JSON.parse(text)).length === 0;
      return { text, fits };
    });

    const refused: { address: string; text: string }[] = [];
    for (const { text } of hard.filter(({ fits }) => fits)) {
      const address = await scene.addressFor(its.operation);
      const { status, headers } = await send(scene, its, address, text);
      expect(status, text).toBeLessThan(500);
      if (status >= 400) refused.push({ address, text });
      const made = headers.get('location');
      if (made) expect((await scene.ask(made)).status, text).toBe(200);
    }
    const unfit = await scene.addressFor(its.operation);
    const before = await scene.rows();
    for (const { address, text } of refused) {
      expect((await send(scene, its, address, text)).status, text).toBeGreaterThanOrEqual(400);
    }
    for (const { text } of hard.filter(({ fits }) => !fits)) {
      expect((await send(scene, its, unfit, text)).status, text).toBe(400);
    }
    expect(await scene.rows()).toEqual(before);
  },
);

test.each(reading)('$id: 200 among all that was taken', async ({ operation }) => {
  expect((await scene.ask(await scene.addressFor(operation))).status).toBe(200);
  expect(scene.logged).toEqual([]);
});
