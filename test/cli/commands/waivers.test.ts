/** Waivers and how releases shipped, from the command line. */
import { expect, test } from 'vitest';
import { run } from '../command-run.ts';
import { fakeService } from '../fake-service.ts';

const waiver = {
  id: '12',
  product: 'sensor',
  version: '2.0',
  versions: 'vers:intdot/>=2.0|<3.0',
  check: 'boot',
  variant: null,
  reason: 'The lab is down.',
  ticketUrl: null,
  status: 'requested',
  requestedBy: 'pip',
  requestedAt: '2026-11-01T00:00:00Z',
  expiresAt: '2026-12-01T00:00:00Z',
  risks: 'HF-2024-0001',
  severity: 'sev3',
  secondPerson: false,
  approval: null,
  revocation: null,
};

test('a request for a range sends it, and says what the waiver stands for and risks', async () => {
  const service = await fakeService(() => ({ status: 201, body: waiver }));
  const ran = await run([
    ...['waiver', 'request', 'sensor', '2.0', '--check', 'boot', '--reason', 'The lab is down.'],
    ...['--versions', waiver.versions, '--expires-at', waiver.expiresAt, '--url', service.url],
  ]);
  expect(service.asked[0]?.body).toMatchObject({ versions: waiver.versions });
  expect(ran.stdout).toBe(
    'Waiver 12 is requested: sensor vers:intdot/>=2.0|<3.0 without boot, until 2026-12-01T00:00:00Z, risking HF-2024-0001 (sev3).\n',
  );
  expect(ran.stderr).toContain('holdfast waiver approve 12');
});

test('--expiring asks for those that end within the time, and shows who asked and who approved', async () => {
  const approval = { by: 'ada', at: '2026-11-01T01:00:00Z', over: 'missing' };
  const items = [{ ...waiver, status: 'active', approval }];
  const service = await fakeService(() => ({ body: { items } }));
  const before = Date.now();
  const ran = await run(['waiver', 'list', '--expiring', '7d', '--url', service.url]);
  const asked = new URL(service.asked[0]?.path ?? '', service.url).searchParams;
  const until = Date.parse(asked.get('expiresBefore') ?? '');
  expect(until - 7 * 86_400_000).toBeGreaterThanOrEqual(before);
  expect(until - 7 * 86_400_000).toBeLessThanOrEqual(Date.now());
  expect(ran.stdout).toMatch(/pip\s+ada\s+2026-12-01T00:00:00Z/);
});

test('a time without a unit is asked wrongly, and nothing is asked', async () => {
  const service = await fakeService(() => ({ body: { items: [] } }));
  const ran = await run(['waiver', 'list', '--expiring', '7', '--url', service.url]);
  expect(ran.code).toBe(3);
  expect(service.asked).toEqual([]);
});

test('quality prints the share that shipped on waivers or past the gate, month by month', async () => {
  const counted = { shipped: 4, onWaivers: 1, pastGate: 1, afterwards: 1, exceptionShare: 2 / 3 };
  const items = [{ product: 'sensor', month: '2026-11', ring: 'general', ...counted }];
  const service = await fakeService(() => ({ body: { items } }));
  const ran = await run([
    'quality',
    '--product',
    'sensor',
    '--since',
    '2026-01',
    '--url',
    service.url,
  ]);
  expect(service.asked[0]?.path).toBe('/v1/quality?product=sensor&since=2026-01');
  expect(ran.stdout).toMatch(/2026-11\s+sensor\s+general\s+4\s+1\s+1\s+1\s+67 %/);
});
