/** The story that the demo plays: the loop on a real case, as commands and what has to come of them. */

/** Whoever types: each has a token of their own, except for customers, who need none. */
export type Person = 'admin' | 'ada' | 'bo' | 'build-farm' | 'customer';

export interface Step {
  who: Person;
  /** Arguments of the command line. */
  command: readonly string[];
  /** The exit code that it has to end with. */
  ends: number;
  /** Words that it has to print. */
  shows: readonly string[];
  /** Whose token its last line is. */
  tokenFor?: Person;
}

export interface Chapter {
  title: string;
  /** What a listener should know before the commands. */
  told: string;
  steps: readonly Step[];
}

const folder = 'library/channel-file-291';
const content = 'falcon-content-windows';
const sensor = 'falcon-sensor-windows';
const faulty = '291.20240719.409';
const next = '291.20240812.900';
const incident = 'HF-2024-0001';
const checks = ['template-field-count', 'non-wildcard-field-match', 'windows-boot-loop'];

const file = (name: string) => ['--file', `${folder}/${name}`];

/** A step that succeeds. */
function does(who: Person, command: readonly string[], ...shows: string[]): Step {
  return { who, command, ends: 0, shows };
}

/** A step that ends with another exit code. */
function refused(ends: number, who: Person, command: readonly string[], ...shows: string[]): Step {
  return { who, command, ends, shows };
}

function makesToken(tokenFor: Person, ...options: string[]): Step {
  const command = ['token', 'create', '--name', tokenFor, ...options];
  return { ...does('admin', command, tokenFor), tokenFor };
}

export const story: readonly Chapter[] = [
  {
    title: 'Before anything goes wrong',
    told: 'A vendor ships a sensor for Windows and, far more often, content for it. Both are products: a content update is a release like any other. Ada is an engineer, Bo approves, and the build farm has a token that is good for one product only.',
    steps: [
      does('admin', ['product', 'put', content, ...file('product.json')], 'Created'),
      does('admin', ['product', 'put', sensor, ...file('sensor-product.json')], 'Created'),
      makesToken('ada', '--role', 'engineer'),
      makesToken('bo', '--role', 'approver'),
      makesToken('build-farm', '--role', 'pipeline', '--product', content),
    ],
  },
  {
    title: 'The morning after',
    told: 'On 19 July 2024 at 04:09 UTC a content update went to every Windows machine at once, and they crashed until somebody repaired them by hand. Ada enters the release and when it shipped, the checks that would have caught it, and the incident, which ties the one to the other.',
    steps: [
      does('ada', ['release', 'put', content, faulty, ...file('release-faulty.json')], 'Created'),
      does(
        'ada',
        ['ship', content, faulty, ...file('shipment-faulty.json')],
        'in ring general since 2024-07-19T04:09:00Z',
      ),
      ...checks.map((check) =>
        does('ada', ['check', 'put', check, ...file(`checks/${check}.json`)], 'Created'),
      ),
      does('ada', ['incident', 'create', ...file('incident.json')], incident),
    ],
  },
  {
    title: 'Nobody publishes alone',
    told: 'The checks bind from now on. Before customers read the record, somebody who did not write it has to agree.',
    steps: [
      does('ada', ['incident', 'submit', incident], 'is in_review'),
      refused(3, 'ada', ['incident', 'approve', incident], 'of the role engineer'),
      does('bo', ['incident', 'approve', incident], 'is approved'),
      does('ada', ['incident', 'publish', incident], 'is published'),
    ],
  },
  {
    title: 'The gate remembers',
    told: 'Whoever tries to ship that update again is told why not. No waiver helps.',
    steps: [refused(1, 'build-farm', ['gate', content, faulty], 'known_faulty', incident)],
  },
  {
    title: 'The next release, before its tests run',
    told: 'Three weeks later there is a new update. The build farm registers it and asks what it must pass: three checks, one of them on two systems, each with the incident that it guards against.',
    steps: [
      does(
        'build-farm',
        ['release', 'put', content, next, ...file('release-next.json')],
        'Created',
      ),
      does('build-farm', ['required', content, next], ...checks, 'os=windows-10', 'os=windows-11'),
    ],
  },
  {
    title: 'A test report blocks it',
    told: 'The content tests ran, and their report goes in as the test runner wrote it. One case fails: it is the field of July.',
    steps: [
      does(
        'build-farm',
        ['results', 'submit', content, next, ...file('reports/content-tests.xml')],
        '5 cases: 3 passed, 1 failed, 0 errored, 1 skipped',
      ),
      refused(
        1,
        'build-farm',
        ['gate', content, next],
        'Blocked: 1 of 4 requirements failed, 2 have no result yet.',
      ),
    ],
  },
  {
    title: 'A fixed one lets it through',
    told: 'The boot lab hands in both Windows versions, one as a test report and one as JSON. The content is mended and tested once more. The earlier failure leaves a mark, but the newest run counts.',
    steps: [
      does(
        'build-farm',
        [
          ...['results', 'submit', content, next, ...file('reports/boot-windows-10.xml')],
          ...['--variant', 'os=windows-10'],
        ],
        'passed',
      ),
      does(
        'build-farm',
        ['results', 'submit', content, next, ...file('reports/results-windows-11.json')],
        'passed',
      ),
      does(
        'build-farm',
        ['results', 'submit', content, next, ...file('reports/content-tests-fixed.xml')],
        '5 cases: 4 passed, 0 failed, 0 errored, 1 skipped',
      ),
      does('build-farm', ['gate', content, next], 'Passed: all 4 requirements passed.'),
      does('build-farm', ['ship', content, next, '--ring', 'canary'], 'is in ring canary since'),
    ],
  },
  {
    title: 'What a customer reads',
    told: 'The same record, without a token: what happened, whom it concerns, what to do, and what guards against a second time.',
    steps: [
      does('customer', ['report', 'show', incident], 'What to do', 'C-00000291*.sys', ...checks),
    ],
  },
];

/** Where the report is, below the address of the service. */
export const reportPath = `/reports/${incident}`;
