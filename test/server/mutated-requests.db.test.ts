/** Bodies that fit the contract, and the same with one thing changed: whatever comes, no failure. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitting } from './fitting-values.ts';
import { hardTexts } from './hard-texts.ts';
import { poisons } from './hard-values.ts';
import { bodyOf, fillings, send, textWith, type Writing, writing } from './json-bodies.ts';
import { sceneOfExamples } from './scene-of-examples.ts';

/** Another seed finds other things; the one that failed is in the message, with the smallest body that does. */
const run = { seed: 20240719, numRuns: 200 };

/** Every place in a value, from the outside in. */
function placesIn(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  const inside = Object.entries(value).flatMap(([step, part]) =>
    placesIn(part, `${pointer}/${step}`),
  );
  return [pointer, ...inside];
}

/** JSON text for one place; null, half of the time, leaves the body as it is. */
const changes = fc.option(
  fc.oneof(
    fc.constantFrom(...poisons),
    fc.constantFrom(...hardTexts).map((text) => JSON.stringify(text)),
    fc.json({ maxDepth: 3 }),
    fc.double({ noNaN: true }).map(String),
    fc.maxSafeInteger().map(String),
  ),
  { freq: 2 },
);

/** Chosen in every field, or in a few fields of one that is taken as it is. */
function bodiesFor(its: Writing): fc.Arbitrary<object> {
  const chosen = fitting({ $ref: `#${its.madeFrom}` }, fillings) as fc.Arbitrary<object>;
  const whole = bodyOf(its).body as object;
  const changed = fc
    .tuple(chosen, fc.uniqueArray(fc.constantFrom(...Object.keys(whole)), { maxLength: 3 }))
    .map(([other, fields]) => ({
      ...whole,
      ...Object.fromEntries(Object.entries(other).filter(([name]) => fields.includes(name))),
    }));
  return fc.oneof({ weight: 1, arbitrary: chosen }, { weight: 2, arbitrary: changed });
}

const requests = fc.oneof(
  ...writing.map((its) =>
    fc.tuple(bodiesFor(its), changes, fc.nat()).map(([body, change, place]) => {
      const places = placesIn(body);
      const pointer = places[place % places.length] ?? '';
      const text = change === null ? JSON.stringify(body) : textWith(body, pointer, change);
      return { its, id: its.id, text };
    }),
  ),
);

test('a body that fits the contract, or differs from one in one place, is taken or refused, and never a failure', async () => {
  const scene = await sceneOfExamples();
  await fc.assert(
    fc.asyncProperty(requests, async ({ its, text }) => {
      const address = await scene.addressFor(its.operation);
      const before = await scene.rows();
      const { status } = await send(scene, its, address, text);
      expect(status).toBeLessThan(500);
      if (status >= 400) expect(await scene.rows()).toEqual(before);
    }),
    run,
  );
  expect(scene.logged).toEqual([]);
});
