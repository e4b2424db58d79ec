/** driver import: what is wrong is told before anything is stored, and what was stored is told after. */
import { describe, expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { type Asked, fakeService, problem, type Script } from '../fake-service.ts';

const header = 'key,name,vendor,platform,access,fileNames';
const row = (key: string, access = 'lab') => `${key},${key},Example,windows,${access},${key}.sys`;
const csv = (...rows: string[]) => [header, ...rows].join('\n');

const keysIn = ({ body }: Asked) =>
  (body as { drivers: { key: string }[] }).drivers.map(({ key }) => key);
const isTrial = ({ path }: Asked) => path.includes('dryRun=true');

/** Does with each what the function says. */
const answering =
  (outcomeOf: (key: string) => string): Script =>
  (asked) => ({
    body: {
      dryRun: isTrial(asked),
      drivers: keysIn(asked).map((key) => ({
        key,
        outcome: outcomeOf(key),
        changes:
          outcomeOf(key) === 'differs'
            ? [{ pointer: '/access', before: 'none', after: 'lab' }]
            : [],
      })),
    },
  });

async function importing(script: Script, content: string, ...options: string[]) {
  const service = await fakeService(script);
  const file = fileWith('drivers.csv', content);
  const ran = await run(['driver', 'import', file, '--url', service.url, ...options]);
  return { ...ran, asked: service.asked, file };
}

test('all is tried before anything is stored, in batches, with progress', async () => {
  const rows = Array.from({ length: 150 }, (_, number) => row(`d${number}`));
  const ran = await importing(
    answering(() => 'created'),
    csv(...rows),
  );
  expect(ran.code).toBe(0);
  expect(ran.asked.map((asked) => [isTrial(asked), keysIn(asked).length])).toEqual([
    [true, 100],
    [true, 50],
    [false, 100],
    [false, 50],
  ]);
  expect(ran.stdout).toBe('Created 150, replaced 0, unchanged 0.\n');
  expect(ran.stderr).toContain(
    '100 of 150 drivers tried.\n150 of 150 drivers tried.\n100 of 150 drivers stored.',
  );
});

test('--dry-run stores nothing, and --json passes on what the service answered', async () => {
  const ran = await importing(
    answering(() => 'created'),
    csv(row('a')),
    '--dry-run',
    '--json',
  );
  expect(ran.code).toBe(0);
  expect(ran.asked.map(isTrial)).toEqual([true]);
  const shown = await importing(
    answering(() => 'created'),
    csv(row('a'), 'b,B,V,windows,lab,b.sys|c.sys'),
    '--dry-run',
  );
  expect(shown.stderr).toContain(
    "Mind: 2 of 2 cannot be found in what 'pnputil /enum-drivers' prints, without originalInfs.",
  );
  expect(shown.stdout).toBe(`FROM    DRIVER  BECOMES  RECOGNISED BY
line 2  a       created  fileNames a.sys
line 3  b       created  fileNames b.sys, c.sys
Created 2, replaced 0, unchanged 0.
`);
  expect(JSON.parse(ran.stdout)).toMatchObject({ dryRun: true, drivers: [{ key: 'a' }] });
  expect(ran.stderr).toContain('Nothing was stored.');
});

test('what is there and differs is told and left, until --replace', async () => {
  const differs = (key: string) => (key === 'a' ? 'differs' : 'unchanged');
  const ran = await importing(answering(differs), csv(row('a'), row('b')));
  expect(ran.code).toBe(3);
  expect(ran.stdout).toBe(`a says something else (-) than the file (+):
  /access
  - "none"
  + "lab"
Created 0, replaced 0, unchanged 1.
`);
  expect(ran.stderr).toContain('--replace');
  const replaced = await importing(
    answering(() => 'replaced'),
    csv(row('a')),
    '--replace',
  );
  expect(replaced.code).toBe(0);
  expect(replaced.asked.every(({ path }) => path.includes('replace=true'))).toBe(true);
});

describe('nothing is stored', () => {
  const slips = csv(
    row('a', 'no'),
    'b',
    ',c,V,windows,lab,c',
    'd,D,,windows,lab,*',
    'e,E,V,windows,lab,',
  );
  const known = (file: string) => [
    `${file}, line 3: It has 1 values where 6 are expected.`,
    `${file}, line 4: It has no key. Give the driver a short name for addresses.`,
    `${file}, line 5: It has no vendor. Write it in the column 'vendor'.`,
    `${file}, line 5 (d): fileNames[0]: '*' is the name of every driver there is. Say more of it.`,
    `${file}, line 6 (e): identity: It can never be recognised. Say at least one file name, hash, module name or bundle id.`,
  ];

  test('where the file is wrong: all is told at once by its line, also what the service finds', async () => {
    const errors = [
      { pointer: '/drivers/0/access', detail: 'must be one of: lab, none' },
      { pointer: '/drivers/1/vendor', detail: 'is required' },
    ];
    const ran = await importing(() => problem(400, '2 faults.', { errors }), slips);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.asked.map(isTrial)).toEqual([true]);
    expect(ran.stderr.trimEnd().split('\n')).toEqual([
      `${ran.file}, line 2 (a): access: must be one of: lab, none`,
      ...known(ran.file),
      'Nothing was stored: 6 faults.',
    ]);
  });

  test('where the file is wrong and nobody can be asked for more', async () => {
    const ran = await importing(() => problem(403, 'This token may not.'), slips);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toBe([...known(ran.file), 'This token may not.', ''].join('\n'));
  });

  test('where the service finds faults: all of every batch are told by their lines', async () => {
    const rows = Array.from({ length: 101 }, (_, number) => row(`d${number}`));
    const errors = [{ pointer: '/drivers/0/access', detail: 'must be one of: lab, none.' }];
    const ran = await importing(() => problem(400, 'Wrong.', { errors }), csv(...rows));
    expect(ran.code).toBe(3);
    expect(ran.asked.every(isTrial)).toBe(true);
    expect(ran.stderr).toBe(
      `${ran.file}, line 2 (d0): access: must be one of: lab, none.
${ran.file}, line 102 (d100): access: must be one of: lab, none.
Nothing was stored: 2 faults.
`,
    );
  });

  test('where two files have one key', async () => {
    const errors = [{ pointer: '/drivers/1/key', detail: 'It is that of /drivers/0 already.' }];
    const service = await fakeService(() => problem(422, 'Wrong.', { errors }));
    const files = [fileWith('a.csv', csv(row('a'))), fileWith('b.csv', csv(row('a')))];
    const ran = await run(['driver', 'import', ...files, '--url', service.url]);
    expect(ran.code).toBe(3);
    expect(service.asked.every(isTrial)).toBe(true);
    expect(ran.stderr).toBe(
      `${files[1]}, line 2: The key 'a' is that of ${files[0]}, line 2 already. Make them one driver, or correct the key.
Nothing was stored: 1 fault.
`,
    );
  });

  test.each([
    ['a file that is none', 'no.csv', 'there is no such file'],
    ['a table without keys', fileWith, "names no column 'key'"],
  ])('for %s', async (_, given, why) => {
    const file = typeof given === 'string' ? given : given('x.csv', 'name\na');
    const ran = await run(['driver', 'import', file, '--url', 'http://127.0.0.1:1']);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain(why);
  });

  test('for whom it is not granted, in the words of the service', async () => {
    const ran = await importing(() => problem(403, 'This token may not.'), csv(row('a')));
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('This token may not.');
  });
});

test('where the service goes away meanwhile, it is said how far it came and that repeating does no harm', async () => {
  let stored = 0;
  const rows = Array.from({ length: 150 }, (_, number) => row(`d${number}`));
  const ran = await importing(
    (asked) => {
      if (!isTrial(asked)) stored += 1;
      if (stored > 1) return problem(503, 'Restarting.');
      return answering(() => 'created')(asked);
    },
    csv(...rows),
  );
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain(
    '100 of 150 drivers were dealt with before that. Repeat the command',
  );
});
