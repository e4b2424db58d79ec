/** `affected` for one machine: asked of the service, or answered from the catalogue, with a code for each answer. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  affectedDriver,
  catalogue,
  inventoryOf,
  otherDriver,
  unsignedDriver,
} from '../a-catalogue.ts';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';

const about = ['affected', '--product', 'sensor', '--version', '7.11'];
const evaluation = {
  verdict: 'affected',
  catalogueRevision: 'sha256:1',
  incidents: [
    {
      incident: 'HF-2025-0001',
      title: 'Stops beside an audio driver',
      verdict: 'affected',
      evidence: '10.29.0.5152 lies in 10.29 to 10.29.0.5152.',
      missing: [],
      whatToDo: 'Update the driver.',
      reportUrl: 'https://incidents.example.test/reports/HF-2025-0001',
    },
  ],
  drivers: [],
  unreadable: [],
  unreadableTotal: 0,
  inventory: null,
};

describe('asked of the service', () => {
  test('the inventory goes as text, with what else is known, and the answer is told with what to do', async () => {
    const { url, asked } = await fakeService(() => ({ body: evaluation }));
    const file = fileWith('drivers.csv', 'FileName\r\nAudioBus.sys\r\n');
    const conditions = [
      ...['platform=windows', 'companion.content=none', 'setting.Mode=Full', 'hypervisor=none'],
      ...['patch=KB1', 'patch=KB2', 'online=2024-07-19T04:00:00Z..'],
    ].flatMap((condition) => ['--condition', condition]);
    const ran = await run([...about, '--url', url, '--inventory', file, ...conditions]);
    expect(asked).toMatchObject([{ method: 'POST', path: '/v1/affected' }]);
    expect(asked[0]?.body).toEqual({
      product: 'sensor',
      version: '7.11',
      inventory: 'FileName\r\nAudioBus.sys\r\n',
      platform: 'windows',
      companions: [{ product: 'content', version: null }],
      settings: [{ name: 'Mode', value: 'Full' }],
      hypervisor: null,
      patches: ['KB1', 'KB2'],
      onlineBetween: [{ from: '2024-07-19T04:00:00Z', until: null }],
    });
    expect(ran).toMatchObject({ code: 5, stderr: '' });
    expect(ran.stdout).toContain(`sensor 7.11 (${file}): This machine is affected.`);
    expect(ran.stdout).toContain('HF-2025-0001  affected  Stops beside an audio driver');
    expect(ran.stdout).toContain('What to do about HF-2025-0001: Update the driver.');
    expect(ran.stdout).toContain('https://incidents.example.test/reports/HF-2025-0001');
  });

  test.each([
    ['affected', 5],
    ['probably_affected', 6],
    ['cannot_tell', 7],
    ['not_listed', 0],
    ['not_affected', 0],
    ['worse_than_that', 4],
  ])('%s ends with %i', async (verdict, code) => {
    const { url } = await fakeService(() => ({ body: { ...evaluation, verdict } }));
    expect((await run([...about, '--url', url, '--json'])).code).toBe(code);
  });

  test('--json prints what the service sent, a line for each machine', async () => {
    const { url } = await fakeService(() => ({ body: evaluation }));
    const [one, two] = [fileWith('1.csv', 'x'), fileWith('2.csv', 'y')];
    const ran = await run([...about, '--url', url, '--json', '--inventory', one, two]);
    const line = `${JSON.stringify(evaluation)}\n`;
    expect(ran).toMatchObject({ code: 5, stdout: line + line });
  });

  test('of several machines those are named at the end that somebody has to look at', async () => {
    const told = { bad: 'affected', open: 'cannot_tell', one: 'not_listed', two: 'not_affected' };
    const { url } = await fakeService(({ body }) => {
      const { inventory } = body as { inventory: keyof typeof told };
      return { body: { ...evaluation, verdict: told[inventory] } };
    });
    const files = Object.keys(told).map((name) => fileWith(`${name}.csv`, name));
    const { stdout } = await run([...about, '--url', url, '--inventory', ...files]);
    const [bad, open] = files;
    expect(stdout.slice(stdout.indexOf('\n4 machines:'))).toBe(
      `\n4 machines:\n  1 affected: ${bad}\n  1 cannot tell: ${open}\n  1 not listed\n  1 not affected\n`,
    );
    // Of the others it is one line each.
    expect(stdout.split('HF-2025-0001  affected')).toHaveLength(3);
  });

  test('in a narrow terminal the evidence stands below its row', async () => {
    const { url } = await fakeService(() => ({ body: evaluation }));
    const { stdout } = await run([...about, '--url', url], { columns: 80 });
    expect(stdout).toContain(
      [
        'INCIDENT      VERDICT   TITLE',
        'HF-2025-0001  affected  Stops beside an audio driver',
        '  10.29.0.5152 lies in 10.29 to 10.29.0.5152.',
      ].join('\n'),
    );
  });

  test('an inventory in UTF-16 and one by standard input are read as text', async () => {
    const { url, asked } = await fakeService(() => ({ body: evaluation }));
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Gerät', 'utf16le')]);
    await run([...about, '--url', url, '--inventory', fileWith('wide.txt', wide)]);
    await run([...about, '--url', url, '--inventory', '-'], { stdin: 'by pipe' });
    expect(asked.map(({ body }) => (body as { inventory: string }).inventory)).toEqual([
      'Gerät',
      'by pipe',
    ]);
  });

  test('what is missing is told with the command that would tell, and what was not read by its lines', async () => {
    const unsure = {
      ...evaluation,
      verdict: 'cannot_tell',
      incidents: [
        {
          ...evaluation.incidents[0],
          verdict: 'cannot_tell',
          missing: [{ field: 'osBuild', detail: 'Add the build.', command: 'cmd /c ver' }],
        },
      ],
      unreadable: [{ line: 3, through: 4, text: '"Audio', why: 'A quote is open.' }],
      unreadableTotal: 2,
    };
    const { url } = await fakeService(() => ({ body: unsure }));
    const { code, stdout } = await run([...about, '--url', url]);
    expect(code).toBe(7);
    expect(stdout).toContain('Missing: Add the build.\n  cmd /c ver\n');
    expect(stdout).toContain('Not read: lines 3 to 4: "Audio: A quote is open.');
    expect(stdout).toContain('1 further place');
  });

  test('where a list says too little of a driver, the command is told whose list says all of it', async () => {
    const file = fileWith('catalogue.json', catalogue);
    const { stdout } = await run([...about, '--catalogue', file, '--inventory', '-'], {
      stdin: inventoryOf({ fileName: 'AudioBus.sys', signer: 'Example Audio Inc' }),
    });
    expect(stdout).toMatch(
      /Missing: Hand in what this command prints instead.*\n {2}Get-CimInstance/,
    );
    expect(stdout).not.toContain('Get-ChildItem');
  });

  test('a refusal ends with 3, and a dead service with 4', async () => {
    const { url } = await fakeService(() => problem(422, 'The inventory has too many lines.'));
    expect(await run([...about, '--url', url])).toMatchObject({ code: 3, stdout: '' });
    const dead = await run([...about, '--url', 'http://127.0.0.1:1']);
    expect(dead).toMatchObject({ code: 4, stdout: '' });
    expect(dead.stderr).toContain('127.0.0.1:1');
  });
});

describe('asked wrongly', () => {
  test.each([
    ['no product', ['affected', '--version', '7'], '--product'],
    ['no version', ['affected', '--product', 'sensor'], '--version'],
    ['a file that is not there', [...about, '--inventory', '/nowhere.csv'], 'no such file'],
    ['a condition without a value', [...about, '--condition', 'platform'], 'NAME=VALUE'],
    ['a condition that is none', [...about, '--condition', 'platfrom=x'], 'Is platform meant?'],
    [
      'a condition twice',
      [...about, '--condition', 'osBuild=10.0', '--condition', 'osBuild=11'],
      'given twice',
    ],
    ['another', [...about, '--condition', 'wheels=4'], "no condition 'wheels'"],
    ['a time without an end', [...about, '--condition', 'online=2024-07-19T04:00:00Z'], 'online='],
    ['--whole without a fleet', [...about, '--whole'], '--fleet'],
    ['--only of a verdict that is none', ['affected', '--fleet', 'a', '--only', 'bad'], "'bad'"],
    ['no whole number of threads', [...about, '--threads', '0'], 'whole number'],
    ['a fleet and an inventory', ['affected', '--fleet', 'a', '--inventory', 'b'], '--inventory'],
  ])('%s', async (_, args, said) => {
    const ran = await run([...args, '--url', 'http://127.0.0.1:1']);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toContain(said);
  });

  test('an inventory that is no text', async () => {
    const zip = fileWith('drivers.zip', Buffer.from('PK\x03\x04\0\0\0\0'));
    const ran = await run([...about, '--inventory', zip]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('a ZIP archive');
  });
});

/** A cache folder of its own, and a service that hands out `catalogue` with its tag. */
async function handedOut(script?: Script) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cache-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const service = await fakeService(
    script ??
      (({ headers }) =>
        headers['if-none-match'] === '"1"'
          ? { status: 304, body: '', headers: { etag: '"1"' } }
          : { body: catalogue, headers: { etag: '"1"' } }),
  );
  const env = { XDG_CACHE_HOME: folder, HOLDFAST_URL: service.url, HOLDFAST_TOKEN: 'hf_a-token' };
  const ask = (drivers: object[], ...more: string[]) =>
    run([...about, '--offline', '--inventory', '-', ...more], {
      env,
      stdin: inventoryOf(...drivers),
    });
  return { ...service, ask, env, folder };
}

describe('answered here', () => {
  test('no inventory and no token leaves, and the catalogue is sent once while it is the same', async () => {
    const { ask, asked } = await handedOut();
    expect((await ask([affectedDriver])).code).toBe(5);
    expect((await ask([unsignedDriver])).code).toBe(6);
    expect((await ask([otherDriver])).code).toBe(0);
    expect(asked.map(({ method, path, text }) => [method, path, text])).toEqual(
      Array(3).fill(['GET', '/v1/affected/catalogue', '']),
    );
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', '"1"']);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(undefined));
  });

  test('with --json the answer is the whole evaluation', async () => {
    const { ask } = await handedOut();
    const { stdout } = await ask([affectedDriver], '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'affected',
      catalogueRevision: 'sha256:of-the-test',
      incidents: [{ reportUrl: 'https://incidents.example.test/reports/HF-2025-0001' }],
      drivers: [{ driver: 'audio-bus', basis: 'name_version_signer' }],
    });
  });

  test('a product that no report speaks of is asked wrongly, online and here, with those that are known', async () => {
    const file = fileWith('catalogue.json', catalogue);
    const { env } = await handedOut(({ path }) => ({
      body: path.endsWith('/catalogue') ? catalogue : { ...evaluation, incidents: [] },
    }));
    for (const more of [[], ['--catalogue', file]]) {
      const about = ['affected', '--product', 'nosuch', '--version', '7', ...more];
      const ran = await run(about, { env });
      expect(ran).toMatchObject({ code: 3, stdout: '' });
      expect(ran.stderr).toContain("'nosuch'");
      expect(ran.stderr).toContain('There are reports on sensor.');
    }
  });

  test('a catalogue that was handed over is enough, and nobody is asked', async () => {
    const file = fileWith('catalogue.json', catalogue);
    const inventory = fileWith('drivers.json', inventoryOf(affectedDriver));
    const ran = await run([...about, '--catalogue', file, '--inventory', inventory], {
      env: { HOLDFAST_URL: 'http://127.0.0.1:1' },
    });
    expect(ran.code).toBe(5);
  });

  test('a kept catalogue that was damaged is said, and fetched whole', async () => {
    const { ask, asked, folder, url } = await handedOut();
    await ask([]);
    const kept = keptFile(folder);
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('10.29.0.5152', '10.28.0.5152'));
    const ran = await ask([affectedDriver]);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain(`${kept} is damaged`);
    expect(asked.at(-1)?.headers['if-none-match']).toBeUndefined();
    expect(url).not.toBe('');
  });

  test('with a dead service nothing is answered in silence from what was kept, and the way to do so is told', async () => {
    const { ask, env, folder } = await handedOut();
    await ask([]);
    const dead = { ...env, HOLDFAST_URL: 'http://127.0.0.1:1' };
    // Never asked before: there is nothing to tell of.
    const first = await run([...about, '--offline'], { env: dead });
    expect(first).toMatchObject({ code: 4, stdout: '' });
    expect(first.stderr).not.toContain('--catalogue');

    let alive = true;
    const dying = await handedOut(() =>
      alive ? { body: catalogue, headers: { etag: '"1"' } } : 'broken',
    );
    await dying.ask([]);
    alive = false;
    const ran = await dying.ask([affectedDriver]);
    expect(ran).toMatchObject({ code: 4, stdout: '' });
    expect(ran.stderr).toContain(`give --catalogue ${keptFile(dying.folder)}`);
    const after = await dying.ask([affectedDriver], '--catalogue', keptFile(dying.folder));
    expect(after.code).toBe(5);
    // Nor is who asked online left without it.
    const online = await run(about, { env: dying.env });
    expect(online).toMatchObject({ code: 4, stdout: '' });
    expect(online.stderr).toContain(`give --catalogue ${keptFile(dying.folder)}`);
    expect(existsSync(keptFile(folder))).toBe(true);
  });

  test('a folder that cannot be written to keeps nothing, and answers all the same', async () => {
    const { env } = await handedOut();
    const blocked = fileWith('no-folder', 'x');
    const ran = await run([...about, '--offline', '--inventory', '-'], {
      env: { ...env, XDG_CACHE_HOME: blocked },
      stdin: inventoryOf(affectedDriver),
    });
    expect(ran.code).toBe(5);
    expect(ran.stderr).toMatch(/damaged|can't be kept/);
  });

  test.each([
    ['cut off', JSON.stringify(catalogue).slice(0, 200), 'damaged'],
    ['another file', '{"hello": 1}', 'is no catalogue'],
    ['of a newer format', JSON.stringify({ ...catalogue, format: 2 }), 'has format 2'],
    ['with an unknown field', JSON.stringify({ ...catalogue, more: [] }), "unknown field 'more'"],
    [
      'with a range that is none',
      JSON.stringify(catalogue).replace('vers:intdot/>=7|<8', 'vers:intdot/>=x'),
      'cannot be relied on: vers:intdot/>=x',
    ],
    [
      'with a driver that is not there',
      JSON.stringify({ ...catalogue, drivers: [] }),
      'audio-bus, which is not there',
    ],
  ])('a catalogue %s is refused in a sentence', async (_, text, said) => {
    const file = fileWith('catalogue.json', text);
    const ran = await run([...about, '--catalogue', file]);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toMatch(/^holdfast: [^\n]+\n$/);
    expect(ran.stderr).toContain(file);
    expect(ran.stderr).toContain(said);
  });

  test('a newer format of the service ends with 4', async () => {
    const { ask } = await handedOut(() => ({ body: { ...catalogue, format: 2 } }));
    const ran = await ask([]);
    expect(ran).toMatchObject({ code: 4, stdout: '' });
    expect(ran.stderr).toContain("Use the command line of the service's version.");
  });

  test('a question that the service would refuse is asked wrongly here too', async () => {
    const file = fileWith('catalogue.json', catalogue);
    const ran = await run([
      'affected',
      '--product',
      'No Key',
      '--version',
      '7',
      '--catalogue',
      file,
    ]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('/product');
  });
});

function keptFile(folder: string): string {
  const files = readdirSync(join(folder, 'holdfast')).filter((name) => !name.includes('label'));
  return join(folder, 'holdfast', files[0] ?? 'none');
}
