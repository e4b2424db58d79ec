/** driver list, show and put: what is asked of the service, and what is shown of its answers. */
import { expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
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

const identity = { fileNames: ['cam.sys'], signers: [] as string[] };
const part = { driver: 'camera', versions: null, versionOf: 'file', role: 'trigger' };

test('show leaves out the lists of the identity that say nothing', async () => {
  const service = await fakeService(() => ({ body: { ...driver, identity } }));
  const ran = await run(['driver', 'show', 'camera', '--url', service.url]);
  expect(ran.stdout).toContain('identity:\n  fileNames:\n    - cam.sys\n');
  expect(ran.stdout).not.toContain('signers');
  const json = await run(['driver', 'show', 'camera', '--json', '--url', service.url]);
  expect(JSON.parse(json.stdout)).toMatchObject({ identity });
});

test.each([
  ['a changed identity', { fileNames: ['*cam.sys'] }, 'public', true],
  ['another name', identity, 'public', false],
  ['a driver of which customers do not read', { fileNames: ['*cam.sys'] }, 'internal', false],
])(
  'put says that %s changes the answers to customers: %j, %s, %s',
  async (_, after, visibility, isSaid) => {
    const incidents = [{ ...incident, parts: [{ ...part, visibility }] }];
    const now = { ...driver, incidents, identity, revision: 1 };
    const service = await fakeService(({ method }) =>
      method === 'GET'
        ? { headers: { etag: '"1"' }, body: now }
        : { body: { ...now, name: 'New', identity: after, revision: 2 } },
    );
    const file = fileWith('driver.json', { identity: after });
    const ran = await run(['driver', 'put', 'camera', '--file', file, '--url', service.url]);
    expect(ran.code).toBe(0);
    expect(ran.stderr.includes('Mind: customers of HF-2024-0001')).toBe(isSaid);
  },
);
