/** `affected --fleet`: an answer for each line, in their order, and nothing that a line says ends the run. */
import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { OwnProcess } from '../../../src/cli/terminal.ts';
import { affectedDriver, catalogue, machine, otherDriver, unsignedDriver } from '../a-catalogue.ts';
import { fileWith, run } from '../command-run.ts';

type Around = Parameters<typeof run>[1];

async function fleet(lines: readonly (string | Buffer)[], args: string[] = [], around?: Around) {
  const file = fileWith('fleet.ndjson', Buffer.concat(lines.map((line) => Buffer.from(line))));
  const handedOver = fileWith('catalogue.json', catalogue);
  const ran = await run(['affected', '--fleet', file, '--catalogue', handedOver, ...args], around);
  const answers = ran.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return { ...ran, answers };
}

const line = (text: string) => `${text}\n`;

test('each machine is answered under its name and line, in their order, and the gravest gives the code', async () => {
  const { code, answers, stderr } = await fleet([
    line(machine('quiet', otherDriver)),
    line(machine('bad', otherDriver, affectedDriver)),
    line(''),
    machine('unsigned', unsignedDriver),
  ]);
  expect(code).toBe(5);
  expect(answers).toMatchObject([
    { line: 1, machine: 'quiet', verdict: 'not_listed', incidents: [], drivers: [] },
    {
      line: 2,
      machine: 'bad',
      verdict: 'affected',
      catalogueRevision: 'sha256:of-the-test',
      incidents: [{ incident: 'HF-2025-0001', whatToDo: 'Update the driver.' }],
      drivers: [{ item: affectedDriver, driver: 'audio-bus' }],
      driversTotal: 2,
    },
    { line: 4, machine: 'unsigned', verdict: 'probably_affected' },
  ]);
  expect(stderr).toContain('3 machines: 1 affected, 1 probably affected, 1 not listed.');
  expect(stderr).toContain('sha256:of-the-test');
});

test('with --whole every incident and every driver is in the answer', async () => {
  const { code, answers } = await fleet([machine('quiet', otherDriver)], ['--whole']);
  expect(code).toBe(0);
  expect(answers).toMatchObject([
    { incidents: [{ verdict: 'not_affected' }], drivers: [{ verdict: 'not_listed' }] },
  ]);
});

test('with --only the other answers are left out, and with --csv they are a table', async () => {
  const lines = [
    line(machine('quiet', otherDriver)),
    line(machine('=1+1, "Büro"', otherDriver, affectedDriver)),
    line(JSON.stringify({ id: 'open', product: 'sensor', version: '7.11' })),
    line('id,product,version'),
  ];
  const only = await fleet(lines, ['--only', 'affected,cannot-tell']);
  expect(only.answers.map(({ line: number }) => number)).toEqual([2, 3, 4]);
  expect(only.stderr).toContain('3 machines: 1 affected, 1 cannot tell, 1 not listed. 1 line');

  const handedOver = fileWith('catalogue.json', catalogue);
  const file = fileWith('fleet.ndjson', lines.join(''));
  const { stdout } = await run(['affected', '--fleet', file, '--catalogue', handedOver, '--csv']);
  const rows = stdout.split('\r\n');
  expect(rows.slice(0, 4)).toEqual([
    'line,machine,verdict,incidents,missing,fault',
    '1,quiet,not_listed,,,',
    `2,"'=1+1, ""Büro""",affected,HF-2025-0001,,`,
    '3,open,cannot_tell,HF-2025-0001,Hand in the list of drivers that the command prints.,',
  ]);
  expect(rows[4]).toContain('Write one machine a line, as {""id"": ""pc-1""');
});

test('the summary says what not listed means, and how many machines lack what', async () => {
  const { stderr } = await fleet([
    line(machine('quiet', otherDriver)),
    ...['a', 'b'].map((id) => line(machine(id, { ...affectedDriver, fileVersion: undefined }))),
    line(JSON.stringify({ id: 'c', product: 'sensor', version: '7.11' })),
  ]);
  expect(stderr).toContain('Not listed: nothing that is recorded concerns the machine.');
  expect(stderr).toContain('\n  2 machines: Add the file version of AudioBus.sys.\n');
  expect(stderr).toContain('\n  1 machine: Hand in the list of drivers that the command prints.\n');
});

test('what a line does not say the options say, and the line is heard first', async () => {
  const drivers = [affectedDriver];
  const { answers } = await fleet(
    [
      line(JSON.stringify({ id: 1, drivers })),
      line(JSON.stringify({ id: 2, version: '8', drivers })),
    ],
    ['--product', 'sensor', '--version', '7.11'],
  );
  expect(answers).toMatchObject([
    { machine: '1', verdict: 'affected' },
    { machine: '2', verdict: 'not_affected', incidents: [] },
  ]);
});

test('a snapshot of osquery is a machine with its rows', async () => {
  const row = {
    device_id: 'X',
    device_name: 'Audio',
    image: 'C:\\Windows\\System32\\drivers\\AudioBus.sys',
    service: 'AudioBus',
    version: '10.29.0.5152',
  };
  const snapshot = { name: 'pack', action: 'snapshot', hostIdentifier: 'pc-7', snapshot: [row] };
  const { answers } = await fleet(
    [JSON.stringify(snapshot)],
    ['--product', 'sensor', '--version', '7.11'],
  );
  // osquery tells the version of the package, and none of the file.
  expect(answers).toMatchObject([
    {
      machine: 'pc-7',
      verdict: 'cannot_tell',
      drivers: [{ driver: 'audio-bus', missing: [{ field: 'fileVersion' }] }],
      inventory: { format: 'osquery' },
    },
  ]);
});

describe('a garbled line is answered with its fault and its number, and the run goes on', () => {
  test.each<[string, string | Buffer, string]>([
    ['cut off', '{"id": "a", "product"', 'not JSON'],
    ['no object', '[1]', 'not an object'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'UTF-8'],
    ['without a product', '{"id": "a", "version": "7"}', 'product'],
    ['with a slip of the pen', '{"product": "sensor", "version": "7", "driver": []}', "'driver'"],
    ['with an id that is none', '{"id": {}, "product": "sensor", "version": "7"}', "'id'"],
    ['with a name twice', '{"product": "sensor", "version": "7", "version": "8"}', 'twice'],
    ['with a name of JavaScript', '{"__proto__": {}, "product": "a", "version": "8"}', '__proto__'],
    [
      'with more lines of drivers than a machine has',
      JSON.stringify({ product: 'sensor', version: '7', inventory: '\n'.repeat(600_000) }),
      'lines',
    ],
  ])('%s', async (_, garbled, said) => {
    const { code, answers, stderr } = await fleet([
      line(machine('before', otherDriver)),
      garbled,
      line(''),
      machine('after', otherDriver),
    ]);
    expect(answers).toMatchObject([
      { line: 1 },
      { line: 2, fault: expect.any(String) },
      { line: 3 },
    ]);
    expect(answers[1].fault).toContain(said);
    expect(code).toBe(7);
    expect(stderr).toContain('2 machines: 2 not listed. 1 line could not be answered.');
  });
});

test('a fleet without machines is asked wrongly', async () => {
  for (const lines of [[], ['\n \n']]) {
    const ran = await fleet(lines);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toContain('holds no machines');
  }
});

test('a machine with a product that no report speaks of is no all-clear', async () => {
  const { code, answers, stderr } = await fleet([
    JSON.stringify({ id: 'a', product: 'sensr', version: '7', drivers: [otherDriver] }),
  ]);
  expect(code).toBe(7);
  expect(answers).toMatchObject([
    { machine: 'a', fault: expect.stringContaining('Is sensor meant?') },
  ]);
  expect(stderr).toContain('1 line could not be answered');
});

describe('asked wrongly', () => {
  test.each([
    ['a file that is not there', '/nowhere.ndjson', 'no such file'],
    ['a folder', '/', 'it is a folder'],
  ])('%s', async (_, path, said) => {
    const handedOver = fileWith('catalogue.json', catalogue);
    const ran = await run(['affected', '--fleet', path, '--catalogue', handedOver]);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toContain(said);
  });
});

test('where nobody reads the answers any more the run ends, and not with 0', async () => {
  const ran = await fleet([line(machine('a', otherDriver)), machine('b', otherDriver)], [], {
    process: { drained: async () => false },
  });
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('Nobody reads');
});

test('a thread that breaks down ends the run as a fault of this program, and keeps nobody waiting', async () => {
  const startThread: OwnProcess['startThread'] = () => {
    const thread = new EventEmitter();
    queueMicrotask(() => thread.emit('error', new Error('out of memory')));
    return Object.assign(thread, { postMessage: () => {}, terminate: async () => {} });
  };
  const ran = await fleet([machine('a', otherDriver)], [], { process: { startThread } });
  expect(ran).toMatchObject({ code: 4, stdout: '' });
  expect(ran.stderr).toContain('out of memory');
});
