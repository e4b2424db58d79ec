/** The statement, written and read. */
import { expect, test } from 'vitest';
import { readVerificationResult } from '../../src/attestation/read-verification-result.ts';
import { verificationResult } from '../../src/attestation/verification-result.ts';
import { artifact, decision, statement } from './signed.ts';

const read = (value: unknown) => readVerificationResult(Buffer.from(JSON.stringify(value)));

test('what was stated is read again, and fields that nobody knows are ignored', () => {
  const { product, version, ring, verdict, asOf } = decision;
  const { uri } = statement.predicate.holdfast_decision;
  const predicate = { ...statement.predicate, later: true };
  expect(read({ ...statement, predicate, later: true })).toEqual({
    subjects: [artifact],
    verifier: 'https://incidents.example.test/gate/v1',
    timeCreated: asOf,
    properties: ['HOLDFAST_MAY_SHIP_TO:general', 'HOLDFAST_PASSED_WITHOUT_WAIVERS:general'],
    decision: { uri, product, version, ring, verdict },
  });
});

test('with holds to honour it says so in place of what lets every machine have it', () => {
  const held = verificationResult({ ...decision, holds: ['12'] }, [artifact], {
    verifier: 'https://incidents.example.test/gate/v2',
    uri: 'https://incidents.example.test/v1/decisions/7',
  });
  expect(held.predicate).toMatchObject({
    properties: [
      'HOLDFAST_MAY_SHIP_WITH_HOLDS_TO:general',
      'HOLDFAST_PASSED_WITHOUT_WAIVERS:general',
    ],
    holdfast_decision: { holds: ['12'] },
  });
});

test('a result of another verifier is read without the decision', () => {
  const { verifier, timeCreated } = statement.predicate;
  const predicate = { verifier, timeCreated, properties: [] };
  expect(read({ ...statement, predicate })).toMatchObject({ properties: [], decision: null });
});

test.each([
  ['another statement', { ...statement, _type: 'https://in-toto.io/Statement/v0.1' }],
  ['another predicate', { ...statement, predicateType: 'https://slsa.dev/provenance/v1' }],
  ['no predicate', { ...statement, predicate: undefined }],
  ['no subject', { ...statement, subject: [] }],
  ['a subject without a digest', { ...statement, subject: [{ name: 'x' }] }],
  ['a subject without a SHA-256', { ...statement, subject: [{ digest: { sha1: 'x' } }] }],
  ['no object', [statement]],
  ['nothing', null],
])('%s is none of ours', (_, value) => {
  expect(read(value)).toBeNull();
});

test('bytes that are no JSON, or no text, are none of ours', () => {
  expect(readVerificationResult(Buffer.from('{'))).toBeNull();
  expect(readVerificationResult(Buffer.from([0x22, 0xff, 0x22]))).toBeNull();
});
