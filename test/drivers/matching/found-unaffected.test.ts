/** A driver that was tried without harm: what it means for an answer, and that it never takes anything back. */
import { describe, expect, test } from 'vitest';
import type { UnaffectedEvidence } from '../../../src/drivers/matching/index.ts';
import { ask, askDriver, harbor, incident, part, sha256 } from './recorded.ts';

const fileName = 'HarborBus.sys';
const [inside, outside] = ['10.29.0.5152', '10.29.0.5714'];
const [signer, stranger] = ['Harbor Audio Ltd', 'Mallory Inc'];

const evidence = (more: Partial<UnaffectedEvidence> = {}): UnaffectedEvidence => ({
  versions: null,
  beside: null,
  statement: 'Started a hundred times.',
  source: 'Release notes 2.1',
  ...more,
});
const answer = (item: object, ...found: UnaffectedEvidence[]) =>
  askDriver(item, harbor, { foundUnaffected: found });

const tried = 'it was tried and found unaffected: Started a hundred times (Release notes 2.1)';

describe('what is affected and was found unaffected', () => {
  test.each([
    [
      'by name, version and signer',
      { fileName, fileVersion: inside, signer },
      '10.29.0.5152 lies in',
    ],
    ['by name and version', { fileName, fileVersion: inside }, '10.29.0.5152 lies in'],
  ])('%s cannot be told, and both are said', (_, item, first) => {
    const { verdict, basis, evidence: said } = answer(item, evidence());
    expect({ verdict, basis }).toEqual({ verdict: 'cannot_tell', basis: 'evidence_conflict' });
    expect(said).toContain(first);
    expect(said).toContain(tried);
  });

  test('cannot be told of the incident and of the whole machine either', () => {
    const parts = [part(harbor.key, { foundUnaffected: [evidence()] })];
    const items = [{ fileName, fileVersion: inside, signer }];
    const asked = ask([harbor], [incident('HF-1', parts)], { items });
    expect(asked).toMatchObject({
      verdict: 'cannot_tell',
      incidents: [{ verdict: 'cannot_tell', evidence: expect.stringContaining(tried) }],
    });
  });
});

test('an equal hash is stronger than what was tried, and both are said', () => {
  for (const item of [{ sha256 }, { sha256, fileName, fileVersion: outside }]) {
    const { verdict, basis, evidence: said } = answer(item, evidence());
    expect({ verdict, basis }).toEqual({ verdict: 'affected', basis: 'sha256' });
    expect(said).toContain(tried);
  }
});

test('what lies outside every range is not affected, and the answer says that it was tried', () => {
  const item = { fileName, fileVersion: outside, signer };
  expect(answer(item, evidence())).toMatchObject({
    verdict: 'not_affected',
    basis: 'name_version_signer',
    evidence: expect.stringContaining(tried),
  });
});

test('without a version it cannot be told, whatever was tried', () => {
  expect(answer({ fileName }, evidence())).toMatchObject({ verdict: 'cannot_tell', basis: 'name' });
});

describe('what was tried speaks', () => {
  const affected = { fileName, fileVersion: inside, signer };

  test.each<[string, Partial<UnaffectedEvidence>, string]>([
    ['of the versions that were tried', { versions: `vers:intdot/${inside}` }, 'cannot_tell'],
    ['of no other version', { versions: `vers:intdot/${outside}` }, 'affected'],
    [
      'of our versions',
      { beside: { product: 'fjord', versions: 'vers:intdot/2.1' } },
      'cannot_tell',
    ],
    [
      'of no other of ours',
      { beside: { product: 'fjord', versions: 'vers:intdot/2.2' } },
      'affected',
    ],
    ['of no other product', { beside: { product: 'lake', versions: 'vers:intdot/*' } }, 'affected'],
  ])('%s', (_, more, verdict) => {
    expect(answer(affected, evidence(more)).verdict).toBe(verdict);
  });

  test('of no file that somebody else signed', () => {
    const {
      verdict,
      basis,
      evidence: said,
    } = answer({ fileName, fileVersion: inside, signer: stranger }, evidence());
    expect({ verdict, basis }).toEqual({ verdict: 'cannot_tell', basis: 'identity_conflict' });
    expect(said).not.toContain('tried');
  });

  test('of no file whose hash is not that version', () => {
    const found = evidence({ versions: `vers:intdot/${outside}` });
    expect(answer({ sha256, fileName, fileVersion: inside }, found).verdict).toBe('affected');
  });
});

test('nothing that was tried makes an answer better', () => {
  const order = ['not_affected', 'cannot_tell', 'probably_affected', 'affected'];
  const items = [
    { sha256 },
    { fileName },
    { fileName, fileVersion: inside },
    { fileName, fileVersion: inside, signer },
    { fileName, fileVersion: inside, signer: stranger },
    { fileName, fileVersion: outside },
  ];
  for (const item of items) {
    const [before, after] = [answer(item).verdict, answer(item, evidence()).verdict];
    if (before !== after) {
      expect(after).toBe('cannot_tell');
      expect(order.indexOf(before)).toBeGreaterThan(1);
    }
  }
});
