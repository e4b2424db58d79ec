/** Changing a check from the command line: what waits, what would happen, and who decides. */
import { expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { fakeService } from '../fake-service.ts';

const check = {
  title: 'Boots twice',
  purpose: 'A host starts twice.',
  kind: 'automated',
  enforcement: 'required',
  appliesTo: {},
  owner: 'quality',
};
const stored = { ...check, key: 'boot', revision: 1, incidents: ['HF-2024-0001'], proposal: null };
const weaker = [{ pointer: '/enforcement', detail: 'It would be advisory only.' }];
const proposal = {
  check: 'boot',
  number: 2,
  status: 'pending',
  reason: 'It is flaky.',
  proposedBy: 'ann',
  proposedAt: '2026-11-01T00:00:00Z',
  revision: 1,
  changes: [{ pointer: '/enforcement', before: 'required', after: 'advisory' }],
  weaker,
  wanted: { ...check, enforcement: 'advisory' },
  decision: null,
};
const file = () => fileWith('boot.json', { ...check, enforcement: 'advisory' });

test('a change that waits is no error: it says what is weaker, and how somebody else approves', async () => {
  const service = await fakeService(({ method }) =>
    method === 'GET' ? { headers: { etag: '"1"' }, body: stored } : { status: 202, body: proposal },
  );
  const ran = await run([
    'check',
    'put',
    'boot',
    '--file',
    file(),
    '--reason',
    'It is flaky.',
    '--url',
    service.url,
  ]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toBe(
    [
      'Proposal 2 for the check boot is pending. It makes the check weaker:',
      '  /enforcement: It would be advisory only.',
      'Someone other than you can approve it: holdfast check approve boot 2\n',
    ].join('\n'),
  );
  expect(service.asked[1]?.path).toBe('/v1/checks/boot?reason=It%20is%20flaky.');
  expect(service.asked[1]?.headers['if-match']).toBe('"1"');
});

test('--dry-run asks what would change, and prints the verdicts that would', async () => {
  const verdicts = [
    { product: 'sensor', version: '2.0', ring: 'general', before: 'blocked', after: 'passed' },
  ];
  const dryRun = { dryRun: true, changes: proposal.changes, weaker, secondPerson: true };
  const service = await fakeService(() => ({
    body: { ...dryRun, judged: 3, complete: true, verdicts },
  }));
  const ran = await run([
    'check',
    'put',
    'boot',
    '--file',
    file(),
    '--dry-run',
    '--url',
    service.url,
  ]);
  expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /v1/checks/boot?dryRun=true',
  ]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('  - "required"\n  + "advisory"');
  expect(ran.stdout).toContain('It would wait for a second person');
  expect(ran.stdout).toMatch(/sensor 2\.0\s+general\s+blocked\s+passed/);
  expect(ran.stderr).toBe('Judged 3 candidates, all of them. Nothing was stored.\n');
});

test('approve and reject say how the proposal stands', async () => {
  const decision = { by: 'ada', at: '2026-11-02T00:00:00Z', reason: null };
  const service = await fakeService(({ path }) => ({
    body: { ...proposal, status: path.endsWith('approval') ? 'approved' : 'rejected', decision },
  }));
  const approved = await run(['check', 'approve', 'boot', '2', '--url', service.url]);
  expect(approved.stdout).toBe('Proposal 2 for the check boot is approved by ada.\n');
  const args = ['check', 'reject', 'boot', '2', '--reason', 'No.', '--url', service.url];
  expect((await run(args)).stdout).toBe('Proposal 2 for the check boot is rejected by ada.\n');
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/v1/checks/boot/proposals/2/approval',
    '/v1/checks/boot/proposals/2/rejection',
  ]);
  expect(service.asked[1]?.body).toEqual({ reason: 'No.' });
  expect((await run(['check', 'approve', 'boot', 'two', '--url', service.url])).code).toBe(3);
});

test('history prints every revision with its reason and its second person', async () => {
  const items = [
    {
      revision: 2,
      at: '2026-11-02T00:00:00Z',
      by: 'ann',
      approvedBy: 'ada',
      reason: 'It is flaky.',
      changes: proposal.changes,
    },
    {
      revision: 1,
      at: '2026-11-01T00:00:00Z',
      by: 'ann',
      approvedBy: null,
      reason: null,
      changes: [],
    },
  ];
  const service = await fakeService(() => ({ body: { items } }));
  const ran = await run(['check', 'history', 'boot', '--url', service.url]);
  expect(ran.stdout).toBe(
    [
      'Revision 2, 2026-11-02T00:00:00Z, by ann, approved by ada',
      '  It is flaky.',
      '  /enforcement',
      '  - "required"',
      '  + "advisory"',
      'Revision 1, 2026-11-01T00:00:00Z, by ann',
      '  created\n',
    ].join('\n'),
  );
});

test('proposals are listed by how they stand', async () => {
  const service = await fakeService(() => ({ body: { items: [proposal] } }));
  const ran = await run(['check', 'proposals', '--status', 'pending', '--url', service.url]);
  expect(service.asked[0]?.path).toBe('/v1/check-proposals?status=pending');
  expect(ran.stdout).toContain('It would be advisory only.');
});
