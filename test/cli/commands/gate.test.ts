import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';
import { answer, blocked, decision, pending } from '../samples.ts';

async function gate(script: Script, ...options: string[]) {
  const service = await fakeService(script);
  const ran = await run(['gate', 'content', '1.2', ...options, '--url', service.url]);
  return { ...ran, asked: service.asked };
}

const passed = decision();
const unknown = { ...decision(), verdict: 'someday' };

describe('the exit code is the verdict', () => {
  test.each([
    ['passed', passed, 0],
    ['passed_with_waivers', decision({ verdict: 'passed_with_waivers' }), 0],
    ['not_applicable', decision({ verdict: 'not_applicable', answers: [] }), 0],
    ['blocked', blocked, 1],
    ['pending', pending, 2],
    ['a verdict of a newer service', unknown, 4],
    ['a pass that may not ship', decision({ mayShip: false }), 4],
  ])('%s', async (_, body, code) => {
    for (const options of [[], ['--json']]) {
      expect((await gate(() => ({ body }), ...options)).code).toBe(code);
    }
  });

  test('an unknown release is asked wrongly, not passed', async () => {
    expect((await gate(() => problem(404, 'There is no release.'))).code).toBe(3);
  });

  test('a verdict that is not known is said so', async () => {
    const { stderr } = await gate(() => ({ body: unknown }));
    expect(stderr).toContain("'someday'");
  });
});

describe('what is printed', () => {
  test('a row for each answer with its status, its incidents and what to do, then the verdict', async () => {
    const { incident, severity, why, reportUrl } = answer().guardsAgainst[0] ?? never();
    const body = decision({
      verdict: 'blocked',
      mayShip: false,
      summary: 'Blocked: 1 of 4 requirements failed.',
      answers: [
        answer({
          check: 'field-match',
          status: 'failed',
          next: 'Make field_21 pass, or ask for a waiver.',
          result: {
            id: '1',
            outcome: 'failed',
            run: 'r',
            evidenceUrl: 'https://ci.example/1',
            reason: null,
            failedCases: ['content.matching › field_21'],
            receivedAt: '2024-08-12T09:00:00Z',
          },
        }),
        answer({ variant: { os: 'windows-10' }, status: 'missing', next: 'Run it.' }),
        answer({
          check: 'lab',
          status: 'waived',
          insteadOf: 'missing',
          waiver: {
            id: '12',
            reason: 'Lab down',
            approvedBy: 'Bo',
            expiresAt: '2024-08-15T00:00:00Z',
            risks: 'HF-2024-0001',
            severity: 'sev1',
          },
          waiversNotApplied: [{ waiver: '9', why: 'It ran out.' }],
        }),
        answer({
          check: 'count',
          earlierFailures: 2,
          enforcement: 'advisory',
          guardsAgainst: [{ incident, severity, why, reportUrl, title: null, proof: null }],
        }),
      ],
      ignored: [
        { check: 'boot-loop', variant: { os: 'windows10' }, nearMatches: [{ os: 'windows-10' }] },
      ],
    });
    expect((await gate(() => ({ body }))).stdout).toBe(
      `content 1.2, ring general, as of 2024-08-12T09:30:00Z

STATUS             CHECK        VARIANT        GUARDS AGAINST
failed             field-match                 HF-2024-0001 (sev1, proven) Update stops hosts
missing            boot-loop    os=windows-10  HF-2024-0001 (sev1, proven) Update stops hosts
waived (missing)   lab                         HF-2024-0001 (sev1, proven) Update stops hosts
passed (advisory)  count                       HF-2024-0001 (sev1)

Waived: lab by Bo until 2024-08-15T00:00:00Z, waiver 12: Lab down. It risks HF-2024-0001 (sev1).
Note: waiver 9 does not cover lab: It ran out.
Note: count failed 2 times on this build before.
Ignored: boot-loop does not list os=windows10; was os=windows-10 meant?

Next: field-match: Make field_21 pass, or ask for a waiver.
      failed cases: content.matching › field_21
      evidence: https://ci.example/1
Next: boot-loop (os=windows-10): Run it.

Blocked: 1 of 4 requirements failed.
`,
    );
  });

  test('a known fault is told with its incident and the range', async () => {
    const { guardsAgainst } = answer();
    const body = decision({
      verdict: 'blocked',
      mayShip: false,
      summary: 'Blocked: HF-2024-0001 affects this version.',
      answers: [
        {
          incident: 'HF-2024-0001',
          check: null,
          title: 'Known faulty: HF-2024-0001',
          enforcement: 'required',
          variant: null,
          status: 'known_faulty',
          result: null,
          earlierFailures: 0,
          waiver: null,
          insteadOf: null,
          waiversNotApplied: [],
          appliesBecause: '1.2 lies in vers:intdot/>=1|<2.',
          guardsAgainst: guardsAgainst.map((reason) => ({ ...reason, proof: null })),
          next: 'Ship another version.',
        },
      ],
    });
    const { code, stdout } = await gate(() => ({ body }));
    expect(code).toBe(1);
    expect(stdout).toContain('known_faulty  (this release)           HF-2024-0001 (sev1)');
    expect(stdout).toContain('Why: 1.2 lies in vers:intdot/>=1|<2.');
    expect(stdout).toContain('Next: Ship another version.');
  });

  test('the ring and the instant asked about are handed on', async () => {
    const { asked } = await gate(
      () => ({ body: passed }),
      ...['--ring', 'canary', '--as-of', '2024-08-12T09:30:00Z'],
    );
    expect(asked[0]?.path).toBe(
      '/v1/products/content/releases/1.2/gate?ring=canary&asOf=2024-08-12T09%3A30%3A00Z',
    );
  });
});

describe('--wait', () => {
  test('has the service keep the question until it is decided, and says what it waits for when that changes', async () => {
    const running = decision({ ...pending, answers: [answer({ status: 'running' })] });
    const answers = [pending, pending, running, passed];
    const ran = await gate(() => ({ body: answers.shift() }), '--wait', '10m');
    expect(ran.code).toBe(0);
    expect(ran.stderr).toBe('Waiting for boot-loop: missing\nWaiting for boot-loop: running\n');
    expect(ran.stdout).toContain('passed');
    expect(ran.stdout).not.toContain('missing');
    const [first, ...others] = ran.asked.map(({ path }) => path);
    expect(first).not.toContain('waitSeconds');
    expect(others.every((path) => path.endsWith('?waitSeconds=10'))).toBe(true);
  });

  test('a service that does not keep the question is asked every two seconds, until the time is over', async () => {
    const ran = await gate(() => ({ body: pending }), '--wait', '5s');
    expect(ran.code).toBe(2);
    expect(ran.pauses).toEqual([2000, 2000, 1000]);
    expect(ran.asked).toHaveLength(5);
  });

  test('does not wait for what is blocked', async () => {
    const ran = await gate(() => ({ body: blocked }), '--wait', '10m');
    expect(ran).toMatchObject({ code: 1, pauses: [] });
  });

  test('without it, what is pending is 2 at once', async () => {
    const ran = await gate(() => ({ body: pending }));
    expect(ran).toMatchObject({ code: 2, pauses: [], stderr: '' });
  });

  test('a service that is away for a while does not end it', async () => {
    const answers = ['broken' as const, problem(503, 'Away.'), { body: passed }];
    const ran = await gate(() => answers.shift() ?? 'broken', '--wait', '10m');
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('the connection broke');
    expect(ran.stderr).toContain('Title 503 (503). Asking again');
  });

  test.each<[string, Script]>([
    ['a connection that keeps breaking', () => 'broken'],
    ['a service that stays out of order', () => problem(503, 'Away.')],
  ])('%s is 4 when the time is over', async (_, script) => {
    const ran = await gate(script, '--wait', '4s');
    expect(ran).toMatchObject({ code: 4, stdout: '', pauses: [2000, 2000] });
  });

  test('an unknown release does not become known by waiting', async () => {
    const ran = await gate(() => problem(404, 'No.'), '--wait', '10m');
    expect(ran).toMatchObject({ code: 3, pauses: [] });
  });

  test('nothing is waited for in the past', async () => {
    const ran = await gate(() => ({}), '--wait', '1m', '--as-of', '2024-08-12T09:30:00Z');
    expect(ran).toMatchObject({ code: 3, asked: [] });
  });

  test('with --json the last answer alone is printed', async () => {
    const answers = [pending, passed];
    const ran = await gate(() => ({ body: answers.shift() }), '--wait', '10m', '--json');
    expect(JSON.parse(ran.stdout)).toEqual(passed);
  });
});

describe('other forms', () => {
  test('--markdown prints Markdown and nothing else; the exit code stays the verdict', async () => {
    const ran = await gate(() => ({ body: blocked }), '--markdown');
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^### ❌ Blocked: 1 of 1 requirements failed\.\n/);
    expect(ran.stdout).not.toContain('STATUS  ');
  });

  test('--junit writes the file, and prints the answer as ever', async () => {
    const path = fileWith('gate.xml', 'of an earlier run');
    const ran = await gate(() => ({ body: blocked }), '--junit', path, '--json');
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toEqual(blocked);
    expect(readFileSync(path, 'utf8')).toContain('<failure type="failed"');
  });

  test.each<[string, Script]>([
    ['an unknown release', () => problem(404, 'No.')],
    ['a broken connection', () => 'broken'],
    ['a verdict that is not known', () => ({ body: unknown })],
  ])('%s leaves no file, not even that of an earlier run', async (_, script) => {
    const path = fileWith('gate.xml', '<testsuites/>');
    const ran = await gate(script, '--junit', path);
    expect(ran.code).toBeGreaterThan(2);
    expect(existsSync(path)).toBe(false);
  });

  test('a file that cannot be written is said before anything is asked', async () => {
    const path = `${fileWith('gate.xml', '')}/below`;
    const ran = await gate(() => ({ body: passed }), '--junit', path);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain(path);
  });

  test('--markdown and --json are not both printed', async () => {
    const ran = await gate(() => ({ body: passed }), '--markdown', '--json');
    expect(ran).toMatchObject({ code: 3, asked: [], stdout: '' });
  });
});

function never(): never {
  throw new Error('The sample has an incident.');
}
