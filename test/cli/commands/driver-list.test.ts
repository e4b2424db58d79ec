/** driver list: the filters go to the service, and each driver is a line. */
import { expect, test } from 'vitest';
import { run } from '../command-run.ts';
import { fakeService } from '../fake-service.ts';

const incident = {
  incident: 'HF-2024-0001',
  title: 'Hosts stop',
  severity: 'sev1',
  status: 'published',
  parts: [],
  guarded: false,
};
const driver = {
  key: 'camera',
  name: 'Camera',
  vendor: 'Example',
  platform: 'windows',
  access: 'none',
  incidents: [incident],
  checks: [],
};

test('what is searched, how we can get them and what nothing guards are asked of the service', async () => {
  const service = await fakeService(() => ({ body: { items: [driver] } }));
  const options = ['--search', 'cam.sys', '--access', 'none', '--unguarded'];
  const ran = await run(['driver', 'list', ...options, '--url', service.url]);
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/v1/drivers?q=cam.sys&access=none&unguarded=true',
  ]);
  expect(ran.stdout).toBe(
    `KEY     PLATFORM  VENDOR   ACCESS  INCIDENTS     NAME
camera  windows   Example  none    HF-2024-0001  Camera
`,
  );
});

test('a way to get them that is none is refused before anything is asked', async () => {
  const ran = await run(['driver', 'list', '--access', 'maybe']);
  expect(ran).toMatchObject({ code: 3, stdout: '' });
  expect(ran.stderr).toContain('vendor_programme');
});
