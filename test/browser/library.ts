/** A vendor's bad days, made up: something of everything that a page can show. */
import type { IncidentInput } from '../../src/incidents/record.ts';

export const products = {
  'guard-rules': {
    name: 'Guard rules for Windows',
    versionScheme: 'intdot',
    components: ['field-types', 'field-rules'],
    rings: ['internal', 'canary', 'general'],
    platforms: ['windows'],
  },
  'guard-agent': {
    name: 'Guard agent for Windows',
    versionScheme: 'intdot',
    rings: ['internal', 'canary', 'general'],
    platforms: ['windows'],
  },
  'guard-console': {
    name: 'Guard console',
    versionScheme: 'semver',
    rings: ['internal', 'general'],
  },
};

const check = {
  kind: 'automated',
  enforcement: 'required',
  appliesTo: { products: ['guard-rules'] },
  owner: 'release-engineering',
};

export const checks = {
  'rule-fields-counted': {
    ...check,
    title: 'A rule names only fields that the agent supplies',
    purpose: 'A rule that reads a field which the agent does not hand over fails the build.',
  },
  'restart-after-update': {
    ...check,
    kind: 'compatibility_lab',
    title: 'Machines restart twice after the update',
    purpose: 'Machines of every supported build reach the log-in screen on two restarts in a row.',
  },
  'rollout-health': {
    ...check,
    enforcement: 'advisory',
    title: 'The first ring stays healthy for an hour',
    purpose: 'Fewer than one machine in ten thousand stops answering.',
  },
};

export const drivers = {
  'sound-bus': {
    name: 'Sound bus controller',
    vendor: 'Larkspur Semiconductor',
    kind: 'kernel_driver',
    platform: 'windows',
    versionScheme: 'intdot',
    identity: { fileNames: ['sndbus.sys'] },
    access: 'lab',
  },
};

const sources: IncidentInput['sources'] = [
  {
    id: 'analysis',
    url: 'https://vendor.example.test/reports/analysis-of-the-june-update',
    title: 'Our full analysis of the June update',
    publisher: 'vendor',
  },
  {
    id: 'paper',
    url: 'https://news.example.test/2031/06/14/a-long-address-that-has-to-break-somewhere-on-a-small-screen',
    title: 'Update leaves offices without computers',
    publisher: 'press',
  },
];

const final: IncidentInput = {
  title: 'A rule update for Windows stops machines at start',
  severity: 'sev1',
  stage: 'final',
  reach: 'wide',
  affected: [
    {
      product: 'guard-rules',
      versions: 'vers:intdot/>=51.20310612.4|<51.20310612.9',
      fixedIn: ['51.20310612.9'],
      conditions: {
        companions: [{ product: 'guard-agent', versions: 'vers:intdot/>=6.2|<6.9' }],
        platforms: ['windows'],
        osBuilds: 'vers:intdot/>=10.0.22000|<10.0.26100',
        architectures: ['amd64', 'arm64'],
        settings: [{ name: 'kernel inspection', value: 'on' }],
        onlineBetween: { from: '2031-06-12T06:10:00Z', until: '2031-06-12T07:35:00Z' },
        inWords: 'The machine had not been restarted since the agent was installed.',
      },
    },
    {
      product: 'guard-console',
      versions: null,
      noVersionsBecause: 'The console is a hosted service; every customer saw the same one.',
    },
  ],
  effects: ['system_crash', 'boot_loop', 'management_lost'],
  trigger: 'content_push',
  detection: {
    method: 'customer_report',
    note: 'The first call came nine minutes after the release.',
  },
  impact: {
    manualRecovery: 'yes',
    measures: [
      { unit: 'devices', min: 210000, max: 240000, basis: 'estimated', source: 'analysis' },
      { unit: 'support_requests', min: 3120, max: 3120, basis: 'measured', source: 'analysis' },
    ],
  },
  summary:
    'An update of the rules read a field that the agent did not supply. The agent then read memory that was not its own, and **Windows stopped**.\n\nBecause the agent starts early, a machine that restarted stopped again.\n\n- Machines that were off at the time are not concerned.\n- Servers of ours were not concerned.',
  whatToDo:
    '1. Start the machine into safe mode.\n2. Delete the file `C:\\ProgramData\\Guard\\rules\\51.20310612.4.rul`.\n3. Restart.\n\nMachines that start without trouble need nothing. The [recovery tool](https://vendor.example.test/recovery) does the same from a USB stick:\n\n```\nguard-recover --volume C: --rules 51.20310612.4 --report \\\\server\\share\\recovered-machines.txt\n```',
  timeline: [
    {
      at: '2031-02',
      precision: 'month',
      type: 'introduced',
      text: 'Agent 6.2 ships with one field fewer than its description says.',
      visibility: 'public',
      source: 'analysis',
    },
    {
      at: '2031-03-04',
      precision: 'day',
      approximate: true,
      type: 'tested',
      text: 'The tests of rules pass; none of them uses the last field.',
      visibility: 'public',
      source: 'analysis',
    },
    {
      at: '2031-06-12T06:10:00Z',
      precision: 'minute',
      type: 'released',
      text: 'The update goes to every machine at once.',
      visibility: 'public',
      source: 'analysis',
    },
    {
      at: '2031-06-12T06:19:00Z',
      precision: 'minute',
      type: 'detected',
      text: 'A hospital calls: none of its machines start.',
      visibility: 'public',
      source: 'paper',
    },
    {
      at: '2031-06-12T07:35:00Z',
      precision: 'minute',
      type: 'mitigated',
      text: 'The update is taken back. Machines that had not taken it are safe.',
      visibility: 'public',
      source: 'analysis',
    },
    {
      at: '2031-06-20T00:00:00Z',
      precision: 'hour',
      type: 'resolved',
      text: 'Nearly all machines are back.',
      visibility: 'public',
      source: 'analysis',
    },
  ],
  causes: [
    {
      id: 'count',
      class: 'root',
      confidence: 'confirmed',
      defect: 'interface',
      qualifier: 'missing',
      statement: 'The description of the rules had one field more than the agent supplied.',
      escape: ['unrepresentative_input', 'test_matrix_gap'],
      escapedPhase: 'testing',
      visibility: 'public',
    },
    {
      id: 'at-once',
      class: 'organizational',
      confidence: 'confirmed',
      statement: 'Rules went to everybody at once; only programs were released in steps.',
      escape: ['missing_containment'],
      escapedPhase: 'controlled_rollout',
      visibility: 'public',
    },
    {
      id: 'hands',
      class: 'aggravating',
      confidence: 'suspected',
      statement: 'A machine that does not start cannot take a repair.',
      escape: ['missing_containment'],
      escapedPhase: 'planning',
      visibility: 'public',
    },
  ],
  drivers: [
    {
      driver: 'sound-bus',
      versions: 'vers:intdot/>=9.21.0.3755|<=9.21.0.4561',
      versionOf: 'file',
      role: 'trigger',
      effect: 'hang',
      resolution: 'Take version 9.22 or later from the maker of the machine.',
      visibility: 'public',
    },
  ],
  actions: [
    {
      id: 'count-fields',
      kind: 'prevent',
      title: 'Compare the description of the rules with what the agent supplies, on every build',
      causes: ['count'],
      status: 'complete',
      owner: 'rules',
      criterion: 'A rule with one field too many fails the build.',
      evidence: 'https://ci.example.test/7',
      checks: ['rule-fields-counted'],
      visibility: 'public',
    },
    {
      id: 'steps',
      kind: 'process',
      title: 'Release rules in steps, as programs are',
      causes: ['at-once'],
      status: 'ongoing',
      owner: 'release',
      criterion: 'No rule reaches everybody without a healthy hour on the first ring.',
      document: { title: 'Rules for rollouts', inForceSince: '2031-07-01' },
      visibility: 'public',
    },
    {
      id: 'boot-less',
      kind: 'mitigate',
      title: 'Let the agent skip rules after two failed starts',
      causes: ['hands'],
      status: 'proposed',
      owner: 'agent',
      visibility: 'public',
    },
  ],
  checks: [
    {
      check: 'rule-fields-counted',
      why: 'A field that is not supplied is found before anything ships.',
    },
    { check: 'restart-after-update', why: 'The second start is the one that failed.' },
    { check: 'rollout-health', why: 'An hour would have been enough to notice.' },
  ],
  sources,
  claims: [
    {
      about: '/timeline/4/at',
      statement: 'In two regions the update was still handed out at 08:05 UTC.',
      source: 'paper',
      visibility: 'public',
    },
  ],
  externalIds: [
    { scheme: 'cve', id: 'CVE-2031-0001', url: 'https://cve.example.test/CVE-2031-0001' },
  ],
};

export const incidents = {
  final,
  correctionOfFinal: {
    impact: {
      manualRecovery: 'yes',
      measures: [
        ...(final.impact?.measures ?? []),
        { unit: 'devices', min: 300000, max: null, basis: 'estimated', source: 'paper' },
      ],
    },
  },
  preliminary: {
    title: 'Some machines lose their network after agent 6.9',
    severity: 'sev2',
    stage: 'preliminary',
    reach: 'limited',
    affectedUnknown: true,
    summary: 'We have reports of machines that lose their network. We are looking into it.',
    whatToDo: 'Do not install agent 6.9 until we know more.',
    nextUpdateAt: '2031-07-02T12:00:00Z',
  } satisfies IncidentInput,
  nearMiss: {
    title: 'Scans would have started twice after the change to summer time',
    occurrence: 'near_miss',
    severity: 'sev3',
    stage: 'preliminary',
    affected: [{ product: 'guard-agent', versions: 'vers:intdot/>=6.4|<6.4.2' }],
    summary: 'The clock was put back in our test, and scans started twice. No customer saw it.',
    whatToDo: 'Nothing.',
    nextUpdateAt: '2031-04-02T12:00:00Z',
  } satisfies IncidentInput,
  withdrawn: {
    title: 'Printing stops after a console update',
    severity: 'sev4',
    stage: 'preliminary',
    affectedUnknown: true,
    summary: 'Some customers could not print.',
    whatToDo: 'Restart the printer.',
    nextUpdateAt: '2031-03-02T12:00:00Z',
  } satisfies IncidentInput,
};
