import { describe, expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';
import { product } from '../samples.ts';

const wanted = { name: 'Content', versionScheme: 'intdot', rings: ['canary', 'general'] };

async function put(script: Script, options: readonly string[] = [], content: object = wanted) {
  const service = await fakeService(script);
  const file = fileWith('product.json', content);
  const args = ['product', 'put', 'content', '--file', file, '--url', service.url, ...options];
  return { ...(await run(args)), asked: service.asked, file };
}

const absent = problem(404, 'No.');
const etag = { etag: '"1"' };

test('what does not exist is created, without If-Match', async () => {
  const ran = await put(({ method }) =>
    method === 'GET' ? absent : { status: 201, headers: etag, body: product() },
  );
  expect(ran).toMatchObject({ code: 0, stdout: 'Created the product content.\n' });
  expect(ran.asked.map(({ method }) => method)).toEqual(['GET', 'PUT']);
  expect(ran.asked[1]?.body).toEqual(wanted);
  expect(ran.asked[1]?.headers['if-match']).toBeUndefined();
});

test('what exists is replaced over what was read, and the change is shown', async () => {
  const after = product({ rings: ['canary', 'general'], revision: 2 });
  const ran = await put(({ method }) => ({
    headers: etag,
    body: method === 'GET' ? product() : after,
  }));
  expect(ran.asked[1]?.headers['if-match']).toBe('"1"');
  expect(ran).toMatchObject({
    code: 0,
    stdout: 'Changed the product content, revision 1 to 2:\n  /rings/0\n  + "canary"\n',
  });
});

test('what says the same already is said to be unchanged', async () => {
  const ran = await put(() => ({ headers: etag, body: product() }));
  expect(ran).toMatchObject({
    code: 0,
    stdout: 'Nothing changed: the product content stays at revision 1.\n',
  });
});

test('--json prints the answer to the put alone', async () => {
  const ran = await put(
    ({ method }) => (method === 'GET' ? absent : { status: 201, body: product() }),
    ['--json'],
  );
  expect(JSON.parse(ran.stdout)).toEqual(product());
});

describe('somebody was faster', () => {
  const theirs = product({ rings: ['general'], components: ['rules'], revision: 2 });

  function overtaken(status: number, first: Script): Script {
    let reads = 0;
    return (asked) => {
      if (asked.method === 'PUT') return problem(status, 'It changed since you read it.');
      reads += 1;
      return reads === 1 ? first(asked) : { headers: { etag: '"2"' }, body: theirs };
    };
  }

  test.each([
    ['changed it', overtaken(412, () => ({ headers: etag, body: product() }))],
    ['created it', overtaken(428, () => absent)],
  ])('and %s: 3, with the difference between the file and what is there', async (_, script) => {
    const ran = await put(script);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toContain(
      [
        `What revision 2 of the product content says (-), and what ${ran.file} says (+):`,
        '  /components/0',
        '  - "rules"',
        '  /rings/0',
        '  + "canary"',
        'Repeat the command to put the file all the same.\n',
      ].join('\n'),
    );
  });

  test('and wanted the same: nothing is left to do', async () => {
    const ran = await put(
      overtaken(412, () => ({ headers: etag, body: product() })),
      [],
      {
        ...wanted,
        rings: ['general'],
        components: ['rules'],
      },
    );
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('says what');
  });

  test('--json prints the problem, and the difference stays on stderr', async () => {
    const ran = await put(
      overtaken(412, () => ({ headers: etag, body: product() })),
      ['--json'],
    );
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: 412 });
    expect(ran.stderr).toContain('+ "canary"');
  });
});

test('a file that cannot be read: 3, and nothing is asked', async () => {
  const service = await fakeService(() => ({}));
  for (const file of [
    '/nowhere.json',
    fileWith('broken.json', '{'),
    fileWith('list.yaml', '- a'),
  ]) {
    const ran = await run(['check', 'put', 'boot', '--file', file, '--url', service.url]);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toContain(file);
  }
  expect(service.asked).toEqual([]);
});

test('a required canary without rings is told that it is asked for in the first one too', async () => {
  const canary = { kind: 'canary', enforcement: 'required', appliesTo: {} };
  const later = { ...canary, appliesTo: { rings: ['general'] } };
  for (const [body, told] of [
    [canary, true],
    [later, false],
    [{ ...canary, enforcement: 'advisory' }, false],
  ] as const) {
    const service = await fakeService(({ method }) =>
      method === 'GET' ? absent : { status: 201, body: { ...body, revision: 1 } },
    );
    const file = fileWith('check.json', body);
    const ran = await run(['check', 'put', 'beside', '--file', file, '--url', service.url]);
    expect(ran.code).toBe(0);
    expect(ran.stderr.includes('required in every ring')).toBe(told);
  }
});

test('a document that may not be read is not written', async () => {
  const ran = await put(() => problem(403, 'This token may not.'));
  expect(ran.code).toBe(3);
  expect(ran.asked).toHaveLength(1);
});

test('YAML does as well as JSON', async () => {
  const service = await fakeService(({ method }) =>
    method === 'GET' ? absent : { status: 201, body: product() },
  );
  const file = fileWith(
    'product.yaml',
    'name: Content\nversionScheme: intdot\nrings: [canary, general]\n',
  );
  await run(['product', 'put', 'content', '--file', file, '--url', service.url]);
  expect(service.asked[1]?.body).toEqual(wanted);
});
