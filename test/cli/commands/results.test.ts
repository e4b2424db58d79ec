import { describe, expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';
import { reportReceipt, resultsReceipt } from '../samples.ts';

const junit = '<testsuite name="s"><testcase name="c"/></testsuite>';
const results = { results: [{ check: 'boot', outcome: 'passed' }] };
const taken: Script = ({ path }) => ({
  status: 201,
  body: path.includes('/test-reports') ? reportReceipt : resultsReceipt,
});

async function submit(script: Script, ...options: string[]) {
  const service = await fakeService(script);
  const ran = await run(['results', 'submit', 'content', '1.2', ...options, '--url', service.url]);
  return { ...ran, asked: service.asked };
}

describe('what is sent', () => {
  test('a report goes as it is, with what it ran on', async () => {
    const file = fileWith('boot.xml', junit);
    const { code, asked } = await submit(
      taken,
      ...['--file', file, '--variant', 'os=windows-10', '--variant', 'arch=x64'],
      ...['--artifact', 'a'.repeat(64), '--run', 'b 1', '--shards', '2'],
    );
    expect(code).toBe(0);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: `/v1/products/content/releases/1.2/test-reports?variant=os%3Dwindows-10&variant=arch%3Dx64&artifact=${'a'.repeat(64)}&run=b%201&shards=2`,
      text: junit,
    });
    expect(asked[0]?.headers).toMatchObject({
      'content-type': 'application/xml',
      'content-length': String(junit.length),
      'idempotency-key': expect.stringMatching(/^[\x21-\x7e]+$/),
    });
  });

  test('results go as they are; the options speak for those that are silent', async () => {
    const said = { check: 'b', outcome: 'failed', variant: null, artifactSha256: 'b'.repeat(64) };
    const file = fileWith('r.json', { results: [{ check: 'a', outcome: 'passed' }, said] });
    const { asked } = await submit(
      taken,
      ...['--file', file, '--variant', 'os=windows-11', '--artifact', 'a'.repeat(64)],
    );
    expect(asked[0]?.path).toBe('/v1/products/content/releases/1.2/results');
    expect(asked[0]?.body).toEqual({
      results: [
        {
          check: 'a',
          outcome: 'passed',
          variant: { os: 'windows-11' },
          artifactSha256: 'a'.repeat(64),
        },
        said,
      ],
    });
  });

  test('what a file says of its run stays, where the call says nothing', async () => {
    const named = { ...results, run: 'b1', shards: 3 };
    for (const options of [[], ['--run', 'b1']]) {
      const { asked } = await submit(taken, '--file', fileWith('r.json', named), ...options);
      expect(asked[0]?.body).toEqual(named);
    }
  });

  test('several files are one run, whatever their kind, announced in full', async () => {
    const files = [fileWith('a.xml', junit), fileWith('b.json', results), fileWith('c.xml', junit)];
    const { code, asked } = await submit(taken, '--file', ...files);
    expect(code).toBe(0);
    const [a, b, c] = asked;
    const run = new URLSearchParams(a?.path.split('?')[1]).get('run');
    expect(run).toBeTruthy();
    expect(a?.path).toContain(`run=${run}&shards=3&shard=1`);
    expect(b?.body).toEqual({ ...results, run, shards: 3, shard: 2 });
    expect(c?.path).toContain(`run=${run}&shards=3&shard=3`);
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(3);
  });
});

describe('what is printed', () => {
  test('what was understood of a report, so that nobody has to guess', async () => {
    const file = fileWith('unit.xml', junit);
    expect((await submit(taken, '--file', file)).stdout).toBe(
      `${file}: junit, 3 cases: 1 passed, 1 failed, 0 errored, 1 skipped.
OUTCOME  CHECK        VARIANT  CASES  FAILED CASES
failed   field-count           2      content.validator › field_count_ipc
Required, but not answered here: boot-loop.
Not answered: soak asks for 3 cases, here 1.
Claimed by no check: 1 case.
Ignored: boot-loop does not list os=windows10; was os=windows-10 meant?
Counts for nothing: the release does not list ${'c'.repeat(64)} among its artifacts.
`,
    );
  });

  test('what counts for nothing as ignored, whatever came out', async () => {
    const [ran] = reportReceipt.results;
    const variant = { os: 'windows10' };
    const one = { ...ran, check: 'boot-loop', variant, outcome: 'passed' };
    const receipts = [
      { ...reportReceipt, results: [one, { ...one, variant: { os: 'windows-10' } }] },
      { ...resultsReceipt, results: [one], ignored: reportReceipt.ignored },
    ];
    const files = [fileWith('unit.xml', junit), fileWith('r.json', results)];
    const answer = () => ({ status: 201, body: receipts.shift() });
    const { stdout } = await submit(answer as never, '--file', ...files);
    expect(stdout.match(/^(ignored \(passed\)|passed).*/gm)?.map((line) => line.trim())).toEqual([
      expect.stringMatching(/^ignored \(passed\) +boot-loop +os=windows10/),
      expect.stringMatching(/^passed +boot-loop +os=windows-10/),
      expect.stringMatching(/^ignored \(passed\) +boot-loop +os=windows10/),
    ]);
  });

  test('how much of an announced run has come', async () => {
    const { stdout } = await submit(taken, '--file', fileWith('r.json', results));
    expect(stdout).toContain('Run r1: 2 of 2 reports have come.');
  });

  test('with --json one answer after the other, to the letter', async () => {
    const files = [fileWith('a.xml', junit), fileWith('b.json', results)];
    const { stdout } = await submit(taken, '--json', '--file', ...files);
    expect(stdout).toBe(`${JSON.stringify(reportReceipt)}\n${JSON.stringify(resultsReceipt)}\n`);
  });
});

describe('faults', () => {
  test.each([
    ['missing', () => '/nowhere/a.xml'],
    ['cut off', () => fileWith('a.xml', junit.slice(0, 30))],
    ['empty', () => fileWith('a.xml', '')],
    ['no results', () => fileWith('a.json', '{}')],
  ])('one file that is %s: 3, and none of the others is sent', async (_, bad) => {
    const ran = await submit(taken, '--file', fileWith('good.xml', junit), bad());
    expect(ran).toMatchObject({ code: 3, stdout: '', asked: [] });
    expect(ran.stderr).toMatch(/^holdfast: .+/);
  });

  test('a report that the service refuses: 3, and those before it are named', async () => {
    const files = [fileWith('a.xml', junit), fileWith('b.xml', junit), fileWith('c.xml', junit)];
    const answers = [{ status: 201, body: reportReceipt }, problem(422, 'No such artifact.')];
    const ran = await submit(() => answers.shift() ?? 'broken', '--file', ...files);
    expect(ran.code).toBe(3);
    expect(ran.asked).toHaveLength(2);
    expect(ran.stderr).toContain(`${files[1]} was not taken in. Before it: ${files[0]}.`);
  });

  test('a failure that passes is tried again with the same key, so that nothing counts twice', async () => {
    const answers = [
      'broken' as const,
      problem(503, 'Away.'),
      { status: 201, body: reportReceipt },
    ];
    const ran = await submit(() => answers.shift() ?? 'broken', '--file', fileWith('a.xml', junit));
    expect(ran).toMatchObject({ code: 0, pauses: [1000, 2000] });
    expect(ran.asked.map(({ text }) => text)).toEqual([junit, junit, junit]);
    expect(new Set(ran.asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test.each<[string, Script]>([
    ['broken connections', () => 'broken'],
    ['a service out of order', () => problem(503, 'Away.')],
  ])('%s end with 4 after a few attempts', async (_, script) => {
    const ran = await submit(script, '--file', fileWith('a.xml', junit));
    expect(ran).toMatchObject({ code: 4, stdout: '', pauses: [1000, 2000, 4000] });
    expect(ran.asked).toHaveLength(4);
  });

  test('what will not pass is not tried again', async () => {
    const ran = await submit(() => problem(404, 'No.'), '--file', fileWith('a.xml', junit));
    expect(ran).toMatchObject({ code: 3, pauses: [] });
  });
});
