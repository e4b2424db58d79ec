/** What the contract grants each role, in one table for a reader to judge. */
import { expect, test } from 'vitest';
import { roles } from '../../src/contract/caller.ts';
import type { Operation } from '../../src/contract/operations.ts';
import { operations } from './every-operation.ts';

/** Those that a POST only asks. */
const questions = ['planRequiredChecks', 'evaluateAffected', 'evaluateHolds'];
const writes = ({ method, id }: Operation) => method !== 'GET' && !questions.includes(id);

function grantedTo(role: (typeof roles)[number], of: (operation: Operation) => boolean): string[] {
  return operations
    .filter(({ access }) => access.kind === 'roles' && access.roles.includes(role))
    .filter(of)
    .map(({ id }) => id);
}

test('without a token one reads the published reports, public holds and the public keys, asks whether they concern a machine, and nothing else', () => {
  const open = operations.filter(({ access }) => access.kind === 'anyone');
  expect(open.map(({ id }) => id)).toEqual([
    'getSigningKeys',
    'evaluateAffected',
    'getAffectedCatalogue',
    'listHolds',
    'evaluateHolds',
    'getHold',
    'listReports',
    'getReport',
  ]);
});

test.each([
  ['reader', []],
  [
    'engineer',
    [
      'putProduct',
      'putRelease',
      'recordShipment',
      'recordDecision',
      'submitResults',
      'importTestReport',
      'requestWaiver',
      'revokeWaiver',
      'createIncident',
      'updateIncident',
      'transitionIncident',
      'putCheck',
      'rejectCheckProposal',
      'putDriver',
      'importDrivers',
      'proposeHolds',
      'createHold',
      'replaceHold',
      'activateHold',
      'releaseHold',
      'overrideHold',
      'revokeHoldOverride',
    ],
  ],
  [
    'pipeline',
    [
      'putRelease',
      'recordShipment',
      'recordDecision',
      'submitResults',
      'importTestReport',
      'requestWaiver',
    ],
  ],
  [
    'approver',
    [
      'recordShipment',
      'recordDecision',
      'requestWaiver',
      'approveWaiver',
      'revokeWaiver',
      'transitionIncident',
      'approveCheckProposal',
      'rejectCheckProposal',
      'activateHold',
      'releaseHold',
      'overrideHold',
      'revokeHoldOverride',
    ],
  ],
  ['admin', operations.filter(writes).map(({ id }) => id)],
] as const)('what the role %s writes', (role, granted) => {
  expect(grantedTo(role, writes)).toEqual(granted);
});

test('every role reads everything, but for incidents, what is missing there and what tells of them, and drivers, which pipelines do not see, and tokens, the audit trail and webhooks', () => {
  const reads = operations
    .filter((operation) => operation.access.kind === 'roles' && !writes(operation))
    .map(({ id }) => id);
  const admins = [
    'listTokens',
    'listAuditEntries',
    'listWebhooks',
    'getWebhook',
    'listWebhookDeliveries',
  ];
  const insiders = [
    'listIncidents',
    'getIncident',
    'listIncidentRevisions',
    'listActions',
    'backtestIncident',
    'backtestIncidents',
    'getCoverage',
    'listCoverageGaps',
    'listDrivers',
    'getDriver',
    'getDecisionFacts',
  ];
  for (const role of roles) {
    const hidden = [...(role === 'admin' ? [] : admins), ...(role === 'pipeline' ? insiders : [])];
    const read = grantedTo(role, (operation) => !writes(operation));
    expect(read, role).toEqual(reads.filter((id) => !hidden.includes(id)));
  }
});

test('every POST that writes takes an Idempotency-Key, but for those that answer a secret', () => {
  const without = operations.filter(
    (operation) =>
      operation.method === 'POST' &&
      writes(operation) &&
      !operation.parameters.some(({ name }) => name === 'Idempotency-Key'),
  );
  expect(without.map(({ id }) => id)).toEqual([
    'createToken',
    'createWebhook',
    'rotateWebhookSecret',
  ]);
});
