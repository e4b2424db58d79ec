import { expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';

const key = 'HF-2024-0001';
const warnings = [{ pointer: '/drivers', detail: '1 driver is internal.' }];
const draft = { key, status: 'draft', revision: 3, title: 'Old', severity: 'sev1', warnings };
const etag = { etag: '"3"' };

async function incident(script: Script, ...args: string[]) {
  const service = await fakeService(script);
  const ran = await run(['incident', ...args, '--url', service.url]);
  return { ...ran, asked: service.asked };
}

test('create prints the key alone, for a script to keep', async () => {
  const file = fileWith('incident.yaml', 'title: Old\nseverity: sev1\n');
  const ran = await incident(() => ({ status: 201, body: draft }), 'create', '--file', file);
  expect(ran).toMatchObject({ code: 0, stdout: `${key}\n` });
  expect(ran.asked[0]).toMatchObject({ method: 'POST', path: '/v1/incidents' });
  expect(ran.asked[0]?.body).toEqual({ title: 'Old', severity: 'sev1' });
});

test.each([
  ['submit', 'in_review'],
  ['approve', 'approved'],
  ['publish', 'published'],
  ['return', 'draft'],
  ['withdraw', 'withdrawn'],
])('%s moves what was read to %s', async (step, to) => {
  const ran = await incident(
    ({ method }) =>
      method === 'GET'
        ? { headers: etag, body: draft }
        : { body: { ...draft, status: to, revision: 4 } },
    ...[step, key, '--note', 'Why.'],
  );
  expect(ran).toMatchObject({ code: 0, stdout: `${key} is ${to} (revision 4).\n` });
  expect(ran.asked[1]).toMatchObject({
    path: `/v1/incidents/${key}/transitions`,
    body: { to, note: 'Why.' },
  });
  expect(ran.asked[1]?.headers['if-match']).toBe('"3"');
});

test.each([
  ['submit', true],
  ['approve', true],
  ['publish', true],
  ['return', false],
  ['withdraw', false],
])('%s says what a reviewer should know: %s', async (step, isSaid) => {
  const ran = await incident(
    ({ method }) => ({ headers: method === 'GET' ? etag : {}, body: draft }),
    ...[step, key, '--note', 'Why.'],
  );
  expect(ran.stderr.includes('Mind: 1 driver is internal.\n')).toBe(isSaid);
});

test('a step that the record does not allow is asked wrongly', async () => {
  const ran = await incident(
    ({ method }) =>
      method === 'GET' ? { headers: etag, body: draft } : problem(409, 'Someone else approves it.'),
    ...['approve', key],
  );
  expect(ran).toMatchObject({ code: 3, stdout: '' });
  expect(ran.stderr).toBe(`Someone else approves it.\nNext: holdfast incident submit ${key}\n`);
});

test('a step that is only not for this person is not followed by another', async () => {
  const ran = await incident(
    ({ method }) =>
      method === 'GET'
        ? { headers: etag, body: { ...draft, status: 'in_review' } }
        : problem(409, 'Someone else approves it.'),
    ...['approve', key],
  );
  expect(ran.stderr).toBe('Someone else approves it.\n');
});

test('what show printed can be edited and handed in, over the revision that it is of', async () => {
  const shown = { ...draft, status: 'draft', editors: ['Ann'], warnings, title: 'New' };
  const edit = async (file: object, ...options: string[]) => {
    const patch = ['edit', key, '--file', fileWith('shown.json', file), ...options];
    const ran = await incident(
      ({ method }) => {
        return method === 'GET'
          ? { headers: etag, body: draft }
          : { body: { ...draft, revision: 4 } };
      },
      ...patch,
    );
    return { ...ran, patched: ran.asked.find(({ method }) => method === 'PATCH') };
  };
  const { patched } = await edit({ ...shown, revision: 2 });
  expect(patched?.body).toEqual({ title: 'New', severity: 'sev1' });
  expect(patched?.headers['if-match']).toBe('"2"');
  const over = await edit({ ...shown, revision: 2 }, '--revision', '3');
  expect(over.patched?.headers['if-match']).toBe('"3"');
  const other = await edit({ ...shown, key: 'HF-2024-0002' });
  expect(other).toMatchObject({ code: 3, asked: [] });
  expect(other.stderr).toContain('is of HF-2024-0002, not of HF-2024-0001.');
});

test('withdrawing needs a notice', async () => {
  expect(await incident(() => ({}), 'withdraw', key)).toMatchObject({ code: 3, asked: [] });
});

test('edit sends a merge patch over what was read, and shows the change', async () => {
  const ran = await incident(
    ({ method }) => ({
      headers: etag,
      body: method === 'GET' ? draft : { ...draft, title: 'New', revision: 4 },
    }),
    ...['edit', key, '--file', fileWith('patch.json', { title: 'New' })],
  );
  expect(ran.asked[1]).toMatchObject({ method: 'PATCH', text: '{"title":"New"}' });
  expect(ran.asked[1]?.headers).toMatchObject({
    'if-match': '"3"',
    'content-type': 'application/merge-patch+json',
  });
  expect(ran).toMatchObject({
    code: 0,
    stdout: `Changed ${key}, revision 3 to 4:\n  /title\n  - "Old"\n  + "New"\n`,
  });
});

test('edit writes over no other revision than the one that was read, where that is said', async () => {
  const ran = await incident(
    ({ method }) =>
      method === 'GET' ? { headers: etag, body: draft } : problem(412, 'It changed.'),
    ...['edit', key, '--revision', '2', '--file', fileWith('patch.json', { title: 'New' })],
  );
  expect(ran.asked[1]?.headers).toMatchObject({ 'if-match': '"2"' });
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain(
    'Repeat the command with --revision 3 to put the file all the same.',
  );
});

test('edit shows what the patch would change now, where somebody was faster', async () => {
  const theirs = { ...draft, title: 'Theirs', reach: 'wide', revision: 4 };
  let reads = 0;
  const ran = await incident(
    ({ method }) => {
      if (method === 'PATCH') return problem(412, 'It changed.');
      reads += 1;
      return { headers: etag, body: reads === 1 ? draft : theirs };
    },
    ...['edit', key, '--file', fileWith('patch.json', { title: 'New' })],
  );
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('  /title\n  - "Theirs"\n  + "New"\n');
  expect(ran.stderr).not.toContain('wide');
});
