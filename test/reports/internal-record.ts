/** A record in which every internal field carries a mark, and which of its fields are public. */
import type { IncidentInput } from '../../src/incidents/record.ts';

/** Things that the record names, with marks in whatever of them is internal. */
export const internalNames = {
  check: 'zqx-check',
  driver: 'zqx-driver',
  matchedDriver: 'zqx-matched-driver',
};

/**
 * Texts that everyone may read once the record is published; within a list with a visibility, only of public items.
 * A field that the contract gains is internal until it is named here, and then has to carry a mark below.
 */
export const publicTexts = [
  'title',
  'affected[].product',
  'affected[].versions',
  'affected[].noVersionsBecause',
  'affected[].fixedIn[]',
  'affected[].conditions.companions[].product',
  'affected[].conditions.companions[].versions',
  'affected[].conditions.platforms[]',
  'affected[].conditions.osBuilds',
  'affected[].conditions.architectures[]',
  'affected[].conditions.locales[]',
  'affected[].conditions.patches[]',
  'affected[].conditions.cpus[]',
  'affected[].conditions.hypervisors[]',
  'affected[].conditions.settings[].name',
  'affected[].conditions.settings[].value',
  'affected[].conditions.onlineBetween.from',
  'affected[].conditions.onlineBetween.until',
  'affected[].conditions.inWords',
  'detection.note',
  'impact.measures[].of',
  'summary',
  'whatToDo',
  'nextUpdateAt',
  'timeline[].at',
  'timeline[].text',
  'causes[].statement',
  'drivers[].driver',
  'drivers[].versions',
  'drivers[].resolution',
  'drivers[].foundUnaffected[].versions',
  'drivers[].foundUnaffected[].beside.product',
  'drivers[].foundUnaffected[].beside.versions',
  'drivers[].foundUnaffected[].statement',
  'actions[].title',
  'actions[].criterion',
  'actions[].document.title',
  'actions[].document.inForceSince',
  'checks[].check',
  'checks[].why',
  'claims[].about',
  'claims[].statement',
  // It is what makes an id internal: `ticket`.
  'externalIds[].scheme',
];

/** Their items are internal unless they say otherwise: an internal one carries a mark in every text. */
export const listsWithVisibility = ['timeline', 'causes', 'drivers', 'actions', 'checks', 'claims'];

export const record: IncidentInput = {
  title: 'Hosts stop at start',
  severity: 'sev1',
  stage: 'final',
  summary: 'Hosts that took the update stop at start.',
  whatToDo: 'Start into safe mode and delete the file.',
  affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
  impact: {
    manualRecovery: 'yes',
    measures: [{ unit: 'devices', min: 1, max: 2, basis: 'estimated', source: 'zqx-own-source' }],
  },
  internalNotes: 'zqx: between us.',
  timeline: [
    {
      at: '2024-07-19T04:09:00Z',
      precision: 'minute',
      type: 'released',
      text: 'It went out.',
      visibility: 'public',
      source: 'zqx-own-source',
    },
    { at: '1987-06-05', precision: 'day', type: 'note', text: 'zqx', source: 'zqx-uncited' },
  ],
  causes: [
    {
      id: 'zqx-public-cause',
      class: 'contributing',
      confidence: 'confirmed',
      statement: 'One field more than inputs.',
      escape: ['test_matrix_gap'],
      noActionBecause: 'zqx',
      visibility: 'public',
    },
    {
      id: 'zqx-cause',
      class: 'contributing',
      confidence: 'confirmed',
      statement: 'zqx',
      noActionBecause: 'zqx',
    },
  ],
  drivers: [
    {
      driver: 'audio-bus',
      versions: null,
      versionOf: 'file',
      role: 'trigger',
      foundUnaffected: [{ versions: null, statement: 'It started.', source: 'zqx-own-source' }],
      visibility: 'public',
    },
    ...(['internal', 'on_match'] as const).map((visibility) => ({
      driver: visibility === 'internal' ? internalNames.driver : internalNames.matchedDriver,
      versions: 'vers:intdot/1987.6.5',
      versionOf: 'file' as const,
      role: 'cause' as const,
      resolution: 'zqx',
      foundUnaffected: [
        {
          versions: 'vers:intdot/1987.6.5',
          beside: { product: 'sensor-content', versions: 'vers:intdot/1987.6.5' },
          statement: 'zqx',
          source: 'zqx-own-source',
        },
      ],
      visibility,
    })),
  ],
  actions: [
    {
      id: 'zqx-public-action',
      kind: 'process',
      title: 'Ship in stages',
      causes: ['zqx-public-cause'],
      status: 'complete',
      owner: 'zqx-team',
      dueOn: '1987-06-01',
      criterion: 'Nothing ships at once.',
      evidence: 'https://zqx.example.test/1',
      checks: [internalNames.check],
      document: {
        title: 'Rollout rules',
        url: 'https://zqx.example.test/2',
        inForceSince: '2024-08-01',
      },
      visibility: 'public',
    },
    {
      id: 'zqx-action',
      kind: 'process',
      title: 'zqx',
      causes: ['zqx-cause'],
      status: 'complete',
      owner: 'zqx-team',
      dueOn: '1987-06-01',
      criterion: 'zqx',
      evidence: 'https://zqx.example.test/3',
      checks: [internalNames.check],
      document: { title: 'zqx', url: 'https://zqx.example.test/4', inForceSince: '1987-06-02' },
    },
  ],
  checks: [
    { check: 'boot-loop', why: 'It must start.' },
    { check: internalNames.check, why: 'zqx', visibility: 'internal' },
  ],
  sources: [
    {
      id: 'zqx-own-source',
      url: 'https://zqx.example.test/5',
      title: 'zqx',
      publisher: 'internal',
    },
    { id: 'zqx-uncited', url: 'https://zqx.example.test/6', title: 'zqx', publisher: 'press' },
    { id: 'paper', url: 'https://paper.example.test/', title: 'A paper', publisher: 'press' },
  ],
  claims: [
    { about: '/severity', statement: 'It was worse.', source: 'paper', visibility: 'public' },
    { about: '/severity', statement: 'zqx', source: 'zqx-uncited' },
    { about: '/internalNotes', statement: 'zqx', source: 'paper', visibility: 'public' },
    { about: '/timeline/1/text', statement: 'zqx', source: 'paper', visibility: 'public' },
    { about: '/severity', statement: 'zqx', source: 'zqx-own-source', visibility: 'public' },
  ],
  externalIds: [{ scheme: 'ticket', id: 'zqx-4711', url: 'https://zqx.example.test/7' }],
};
