/** Proofs kept step by step against a slow model that weighs everything on record anew, also as of every earlier step. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { product } from '../../support/gate-scene.ts';
import { type Client, testService } from '../../support/service.ts';
import { done, putCheck } from '../sensor.ts';

type Shown = 'failed' | 'passed';

type Step =
  | { kind: 'result'; version: number; variant: 'a' | 'b' | null; outcome: Shown | 'errored' }
  | { kind: 'range'; from: number; to: number }
  | { kind: 'link'; on: boolean };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('result' as const),
      version: fc.integer({ min: 1, max: 6 }),
      variant: fc.constantFrom('a' as const, 'b' as const, null),
      outcome: fc.constantFrom<Shown | 'errored'>(
        'failed',
        'failed',
        'passed',
        'passed',
        'errored',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
      .map(([from, length]) => ({ kind: 'range' as const, from, to: from + length })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((on) => ({ kind: 'link' as const, on })),
  },
);

/** The proof after these steps, null where the incident does not name the check; versions are numbers. */
function slowProof(steps: readonly Step[]): string | null {
  let [from, to, linked] = [2, 4, true];
  const newest = new Map<string, { version: number; variant: string | null; outcome: Shown }>();
  for (const step of steps) {
    if (step.kind === 'range') [from, to] = [step.from, step.to];
    else if (step.kind === 'link') linked = step.on;
    else if (step.outcome !== 'errored') {
      const { version, variant, outcome } = step;
      newest.set(`${version} ${variant}`, { version, variant, outcome });
    }
  }
  if (!linked) return null;
  const faulty = (version: number) => version >= from && version < to;
  const shown = [...newest.values()];
  const reds = shown.filter(({ version, outcome }) => outcome === 'failed' && faulty(version));
  const greens = shown.filter(({ version, outcome }) => outcome === 'passed' && version >= to);
  const turned = reds.some((red) => greens.some((green) => green.variant === red.variant));
  if (turned) return 'proven';
  return reds.length > 0 ? 'red_only' : greens.length > 0 ? 'green_only' : 'unproven';
}

async function take(engineer: Client, incident: string, step: Step): Promise<void> {
  if (step.kind === 'result') {
    const variant = step.variant && { os: step.variant };
    const results = [{ check: 'boot', outcome: step.outcome, variant, reason: 'It says why.' }];
    const address = `/v1/products/content/releases/${step.version}/results`;
    done(await engineer.post(address, { results }));
    return;
  }
  const patch =
    step.kind === 'range'
      ? { affected: affected(step.from, step.to) }
      : { checks: step.on ? [{ check: 'boot', why: 'It would have.' }] : [] };
  const read = await engineer.get(incident);
  done(await engineer.patch(incident, patch, { 'If-Match': read.headers.get('etag') ?? '' }));
}

const affected = (from: number, to: number) => [
  { product: 'content', versions: `vers:intdot/>=${from}|<${to}` },
];

test('every step leaves the proof that the model has, and asOf answers with those of before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 12 }), async (steps) => {
      const service = await testService();
      const engineer = await service.as('engineer');
      done(await engineer.put('/v1/products/content', product));
      await putCheck(engineer, 'boot', { appliesTo: {} });
      for (const version of [1, 2, 3, 4, 5, 6, 9]) {
        done(await engineer.put(`/v1/products/content/releases/${version}`, {}));
      }
      const record = {
        title: 'T',
        severity: 'sev1',
        affected: affected(2, 4),
        checks: [{ check: 'boot', why: 'It would have.' }],
      };
      const incident = `/v1/incidents/${done(await engineer.post('/v1/incidents', record)).body.key}`;

      const gate = '/v1/products/content/releases/9/gate';
      const proofIn = (body: { answers: { guardsAgainst: { proof: string }[] }[] }) =>
        body.answers[0]?.guardsAgainst[0]?.proof ?? null;
      const answered: { asOf: string; proof: string | null }[] = [];
      for (const [index, step] of steps.entries()) {
        await take(engineer, incident, step);
        const { body } = await engineer.get(gate);
        expect(proofIn(body), JSON.stringify(steps.slice(0, index + 1))).toBe(
          slowProof(steps.slice(0, index + 1)),
        );
        answered.push({ asOf: body.asOf, proof: proofIn(body) });
      }
      for (const { asOf, proof } of answered) {
        expect(proofIn((await engineer.get(`${gate}?asOf=${asOf}`)).body)).toBe(proof);
      }
    }),
    { numRuns: 15 },
  );
});
