import { expect, test } from 'vitest';
import type { components } from '../../../src/contract/types.gen.ts';
import { run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';

async function ask(script: Script, ...args: string[]) {
  const service = await fakeService(script);
  const ran = await run([...args, '--url', service.url]);
  return { ...ran, paths: service.asked.map(({ path }) => path) };
}

const release: components['schemas']['BacktestedRelease'] = {
  product: 'content',
  version: '1.2',
  ring: 'general',
  shippedAt: '2024-07-19T04:09:00Z',
  before: { asOf: '2024-07-19T04:09:00Z', outcome: 'let_through', stoppedBy: [] },
  today: {
    asOf: '2024-08-12T09:30:00Z',
    outcome: 'blocked',
    stoppedBy: [
      { check: 'field-match', variant: null, status: 'failed', proof: 'proven', incident: null },
      {
        check: 'boot',
        variant: { os: 'windows-11' },
        status: 'missing',
        proof: null,
        incident: null,
      },
      { check: null, variant: null, status: 'known_faulty', proof: null, incident: 'HF-2024-0002' },
    ],
  },
};

test('a backtest tells of each release what the gate would have said, and what would have stopped it', async () => {
  const incident = 'HF-2024-0001';
  const body = { incident, title: 'Hosts stop', severity: 'sev1', items: [release] };
  const ran = await ask(() => ({ body }), 'backtest', incident, '--limit', '3');
  expect(ran.paths).toEqual(['/v1/incidents/HF-2024-0001/backtest?limit=3']);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toBe(
    `RELEASE      SHIPPED               BEFORE       TODAY    STOPPED TODAY BY
content 1.2  2024-07-19T04:09:00Z  let through  blocked  field-match failed, proven
                                                         boot (os=windows-11) missing
                                                         HF-2024-0002 known faulty
`,
  );
});

test('without an incident all of them are told, with what is left out', async () => {
  const common = { title: 'Hosts stop', severity: 'sev1' };
  const items = [
    { incident: 'HF-2024-0001', ...common, releases: [release], hasMoreReleases: true },
    { incident: 'HF-2023-0001', ...common, releases: [], hasMoreReleases: false },
  ];
  const ran = await ask(() => ({ body: { items, next: 'abc' } }), 'backtest');
  expect(ran.paths).toEqual(['/v1/backtest']);
  expect(ran.stdout).toContain('HF-2024-0001 (sev1) Hosts stop\nRELEASE');
  expect(ran.stdout).toContain('There are more: holdfast backtest HF-2024-0001');
  expect(ran.stdout).toContain('HF-2023-0001 (sev1) Hosts stop\nNo release that it affects');
  expect(ran.stderr).toContain('--cursor abc');
});

test('an incident that is none is asked wrongly', async () => {
  const ran = await ask(() => problem(404, 'No incident.'), 'backtest', 'HF-2024-0009');
  expect(ran).toMatchObject({ code: 3, stdout: '' });
});

test('coverage counts every kind of gap', async () => {
  const gaps = [
    { gap: 'incidents_without_check', count: 2 },
    { gap: 'checks_never_red', count: 0 },
  ];
  const ran = await ask(() => ({ body: { gaps } }), 'coverage');
  expect(ran.paths).toEqual(['/v1/coverage']);
  expect(ran.stdout).toBe(
    `GAP                      COUNT
incidents_without_check  2
checks_never_red         0
`,
  );
});

test('coverage of one kind lists each gap with what to do', async () => {
  const item = {
    key: 'boot',
    incident: null,
    check: 'boot',
    title: 'Boots twice',
    severity: null,
    since: '2024-08-12T09:30:00Z',
    toDo: 'Run it.',
  };
  const ran = await ask(() => ({ body: { items: [item] } }), 'coverage', 'checks_never_run');
  expect(ran.paths).toEqual(['/v1/coverage/checks_never_run']);
  expect(ran.stdout).toBe(
    `KEY   SEVERITY  TITLE        TO DO
boot            Boots twice  Run it.
`,
  );
});

test('a kind of gap that is none is refused before anything is asked, with those that are', async () => {
  const ran = await ask(() => problem(400, 'No.'), 'coverage', 'holes');
  expect(ran).toMatchObject({ code: 3, paths: [] });
  expect(ran.stderr).toContain('checks_never_red');
});
