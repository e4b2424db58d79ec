/** What a reader sees of an incident that is not published. */
import { expect, test } from 'vitest';
import { redact, redactReasons } from '../../src/gate/index.ts';
import { check, decided, incident, waiver } from '../support/gate-facts.ts';

const secret = 'SECRET';
const hidden = incident('HF-1', {
  title: secret,
  severity: 'sev1',
  publicTitle: null,
  products: ['content'],
  affectedVersions: ['vers:intdot/1.9876|2.0'],
  checks: [
    { check: 'T', why: secret, publicWhy: null, proof: 'unproven' },
    { check: 'U', why: secret, publicWhy: null, proof: 'unproven' },
  ],
});
const open = incident('HF-2', {
  title: 'Words that nobody has agreed to yet',
  publicTitle: 'The published words',
  checks: [
    {
      check: 'T',
      why: 'A draft of the reason.',
      publicWhy: 'It would have caught it.',
      proof: 'proven',
    },
  ],
});
const insider = { readsUnpublished: true, products: null };
const pipeline = { readsUnpublished: false, products: ['content'] };
const decision = decided({
  checks: [check('T'), check('U')],
  incidents: [hidden, open],
  waivers: [waiver('T'), waiver('U', { expiresAt: '2026-08-12T00:00:00Z' })],
});

test.each([
  ['a reader of everything', insider],
  [
    'a reader bound to a product that it affects',
    { readsUnpublished: true, products: ['content'] },
  ],
])('%s sees its title and reasons', (_, reader) => {
  expect(redact(decision, reader)).toEqual(decision);
});

test.each([
  ['a pipeline', pipeline],
  ['a reader bound to other products', { readsUnpublished: true, products: ['elsewhere'] }],
])('%s sees its key and severity, and nothing else of it in any field or sentence', (_, reader) => {
  const redacted = redact(decision, reader);
  const text = JSON.stringify(redacted);
  expect(text).not.toContain(secret);
  expect(text).not.toContain('1.9876');
  const reason = { incident: 'HF-1', title: null, severity: 'sev1', why: null, proof: null };
  for (const { guardsAgainst } of redacted.answers) expect(guardsAgainst[0]).toMatchObject(reason);
});

test('a published incident is read in its published words, and everything else as it is', () => {
  const redacted = redact(decision, pipeline);
  expect(redacted.answers[1]?.guardsAgainst[1]).toMatchObject({
    title: 'The published words',
    why: 'It would have caught it.',
    proof: 'proven',
  });
  const { answers: _, ...rest } = redacted;
  const { answers, ...original } = decision;
  expect(rest).toEqual(original);
  expect(redacted.answers.map(({ status, next }) => [status, next])).toEqual(
    answers.map(({ status, next }) => [status, next]),
  );
});

test('the reasons of requirements are redacted alike', () => {
  expect(redactReasons(decision.answers, pipeline)).toEqual(redact(decision, pipeline).answers);
});
