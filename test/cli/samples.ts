/** Answers of the contract's shape, for tests to change what matters to them. */
import type { components } from '../../src/contract/types.gen.ts';

type Schemas = components['schemas'];
type Decision = Schemas['Decision'];
type Answer = Schemas['RequirementAnswer'];

export function answer(facts: Partial<Answer> = {}): Answer {
  return {
    check: 'boot-loop',
    title: 'A host restarts twice',
    enforcement: 'required',
    variant: null,
    appliesBecause: 'It ships content.',
    guardsAgainst: [
      {
        incident: 'HF-2024-0001',
        title: 'Update stops hosts',
        severity: 'sev1',
        why: 'It comes up twice.',
        proof: 'proven',
        reportUrl: null,
      },
    ],
    status: 'passed',
    result: null,
    earlierFailures: 0,
    waiver: null,
    insteadOf: null,
    waiversNotApplied: [],
    next: null,
    ...facts,
  };
}

export function decision(facts: Partial<Decision> = {}): Decision {
  return {
    product: 'content',
    version: '1.2',
    ring: 'general',
    verdict: 'passed',
    mayShip: true,
    asOf: '2024-08-12T09:30:00Z',
    factsHash: `sha256:${'0'.repeat(64)}`,
    summary: 'Passed: the one requirement passed.',
    answers: [answer()],
    ignored: [],
    holds: [],
    ...facts,
  };
}

/** A known fault that a hold keeps from the machines that it harms. */
export const held = {
  ...answer(),
  status: 'held',
  incident: 'HF-2024-0001',
  check: null,
  title: 'Held from the machines that HF-2024-0001 harms',
  next: 'Keep it from the machines that the hold 12 speaks of.',
} as unknown as Answer;

export const withHold = decision({
  summary: 'Passed: held from the machines that HF-2024-0001 harms.',
  answers: [held],
  holds: [
    {
      hold: '12',
      incident: 'HF-2024-0001',
      severity: 'sev1',
      title: 'Kept from machines with the audio bus.',
      reportUrl: null,
    },
  ],
});

export const pending = decision({
  verdict: 'pending',
  mayShip: false,
  summary: 'Pending: 1 of 1 requirements has no result yet.',
  answers: [answer({ status: 'missing', next: 'Run it.' })],
});

export const blocked = decision({
  verdict: 'blocked',
  mayShip: false,
  summary: 'Blocked: 1 of 1 requirements failed.',
  answers: [answer({ status: 'failed', next: 'Make it pass.' })],
});

export function product(facts: Partial<Schemas['Product']> = {}): Schemas['Product'] {
  return {
    key: 'content',
    name: 'Content',
    versionScheme: 'intdot',
    components: [],
    rings: ['general'],
    platforms: [],
    waiverDaysMax: {},
    revision: 1,
    createdAt: '2024-01-01T00:00:00Z',
    updatedAt: '2024-01-01T00:00:00Z',
    ...facts,
  };
}

export const reportReceipt: Schemas['TestReportReceipt'] = {
  format: 'junit',
  run: 'r1',
  shards: { received: 1, announced: null },
  cases: { total: 3, passed: 1, failed: 1, errored: 0, skipped: 1 },
  results: [
    {
      id: '1',
      check: 'field-count',
      variant: null,
      outcome: 'failed',
      cases: 2,
      failedCases: ['content.validator › field_count_ipc'],
    },
  ],
  checksWithoutCases: ['boot-loop'],
  checksBelowMinimum: [{ check: 'soak', cases: 1, minCases: 3 }],
  casesWithoutCheck: 1,
  ignored: [
    { check: 'boot-loop', variant: { os: 'windows10' }, nearMatches: [{ os: 'windows-10' }] },
  ],
  unlistedArtifacts: ['c'.repeat(64)],
};

export const resultsReceipt: Schemas['ResultsReceipt'] = {
  run: 'r1',
  shards: { received: 2, announced: 2 },
  results: [],
  ignored: [],
  unlistedArtifacts: [],
};
