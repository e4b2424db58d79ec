/** What a reader sees of an incident that is not published. */
import { expect, test } from 'vitest';
import { redact, redactReasons } from '../../src/gate/index.ts';
import { check, decided, incident, waiver } from '../support/gate-facts.ts';

const secret = 'SECRET';
const hidden = incident('HF-1', {
  title: secret,
  severity: 'sev1',
  published: false,
  affectedVersions: ['vers:intdot/1.9876|2.0'],
  checks: [
    { check: 'T', why: secret },
    { check: 'U', why: secret },
  ],
});
const open = incident('HF-2', { checks: [{ check: 'T', why: 'It would have caught it.' }] });
const decision = decided({
  checks: [check('T'), check('U')],
  incidents: [hidden, open],
  waivers: [waiver('T'), waiver('U', { expiresAt: '2026-08-12T00:00:00Z' })],
});

test('who may read it sees its title and reasons', () => {
  expect(redact(decision, true)).toEqual(decision);
});

test('who may not sees its key and severity, and nothing else of it in any field or sentence', () => {
  const redacted = redact(decision, false);
  const text = JSON.stringify(redacted);
  expect(text).not.toContain(secret);
  expect(text).not.toContain('1.9876');
  const reason = { incident: 'HF-1', title: null, severity: 'sev1', published: false, why: null };
  expect(redacted.answers.map(({ guardsAgainst }) => guardsAgainst[0])).toEqual([
    reason,
    reason,
    reason,
  ]);
});

test('a published incident stays readable, and so does everything else', () => {
  const redacted = redact(decision, false);
  expect(redacted.answers[1]?.guardsAgainst[1]).toEqual(decision.answers[1]?.guardsAgainst[1]);
  const { answers: _, ...rest } = redacted;
  const { answers, ...original } = decision;
  expect(rest).toEqual(original);
  expect(redacted.answers.map(({ status, next }) => [status, next])).toEqual(
    answers.map(({ status, next }) => [status, next]),
  );
});

test('the reasons of requirements are redacted alike', () => {
  expect(redactReasons(decision.answers, false)).toEqual(redact(decision, false).answers);
});
