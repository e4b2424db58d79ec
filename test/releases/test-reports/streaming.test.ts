/** Reports that come in pieces, and large ones. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { CaseTally } from '../../../src/releases/test-reports/case-tally.ts';
import { readTestReport } from '../../../src/releases/test-reports/read-test-report.ts';
import { readWhole } from './read-whole.ts';

const trapped = `<?xml version="1.0" encoding="UTF-16"?>\r\n<!-- 𒍺 -->
<testsuites><testsuite name="é&lt;𡓿">\r\n<testcase classname='k' name="a&#x1F600;\r\nb"/>\r
<testcase name="c"><failure message="">x ]] <![CDATA[ ]] > ü𠄉]]>&amp;</failure></testcase>
<?pi ok?><testcase name="d"><skipped/></testcase></testsuite></testsuites>\r`;

/** The bytes, cut at some of their positions. */
function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const ends = [...new Set(at.map((n) => n % (bytes.length + 1))), bytes.length].sort(
    (a, b) => a - b,
  );
  return ends.map((end, n) => bytes.subarray(ends[n - 1] ?? 0, end));
}

describe('a report that comes in pieces', () => {
  const encodings: readonly [name: string, encode: (text: string) => Buffer][] = [
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ];

  test.each(encodings)('reads the same wherever it is cut (%s)', async (_, encode) => {
    const bytes = encode(trapped);
    const whole = await readWhole(bytes);
    expect(whole.reading.kind).toBe('read');
    expect(whole.cases.map(({ name }) => name)).toEqual(['a😀 b', 'c', 'd']);
    expect(await readWhole(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat()), async (at) => {
        expect(await readWhole(cut(bytes, at))).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test.each(encodings)(
    'is refused in the same place and words wherever it is cut (%s)',
    async (_, encode) => {
      const characters = Array.from(trapped);
      await fc.assert(
        fc.asyncProperty(
          fc.nat(characters.length - 3),
          fc.constantFrom('', '<', '&', '\u0001', '<!DOCTYPE x>', '</x>', '\r\n\r'),
          fc.array(fc.nat()),
          async (length, wrong, at) => {
            const broken = encode(characters.slice(0, length).join('') + wrong);
            const { reading } = await readWhole(broken);
            expect(reading.kind).not.toBe('read');
            expect((await readWhole(cut(broken, at))).reading).toEqual(reading);
          },
        ),
        { numRuns: 1000 },
      );
    },
  );
});

/** As a test runner would write it; made while it is read. */
function* generated(cases: number): Generator<Buffer> {
  yield Buffer.from('<?xml version="1.0"?>\n<testsuites>');
  for (let suite = 0; suite < cases / 100; suite += 1) {
    const inside = Array.from({ length: 100 }, (_, n) =>
      n % 10 === 0
        ? `<testcase classname="com.example.Suite${suite}" name="case ${n} née"><failure message="expected ${n}">${'at com.example\n'.repeat(20)}</failure></testcase>`
        : `<testcase classname="com.example.Suite${suite}" name="case ${n} née" time="0.01"><system-out><![CDATA[${'a log line '.repeat(5)}]]></system-out></testcase>`,
    );
    yield Buffer.from(`<testsuite name="suite.${suite}">${inside.join('\n')}</testsuite>\n`);
  }
  yield Buffer.from('</testsuites>');
}

const claims = Array.from({ length: 50 }, (_, n) => ({
  key: `check-${n}`,
  reportedAs: [{ suite: `suite.${n}*`, name: '*é?' }, { className: `*${n}` }],
  allowSkipped: false,
  minCases: 1,
}));

describe('100,000 cases', () => {
  test('leave the memory as it was', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapBytes = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const tally = new CaseTally(claims);
    let cases = 0;
    let early = 0;
    let growthMax = 0;
    const reading = await readTestReport(
      generated(100_000),
      (testCase) => {
        tally.add(testCase);
        cases += 1;
        if (cases === 10_000) early = heapBytes();
        if (cases % 30_000 === 0) growthMax = Math.max(growthMax, heapBytes() - early);
      },
      { bytesMax: 100_000_000 },
    );
    expect(reading).toMatchObject({ counts: { total: 100_000, passed: 90_000, failed: 10_000 } });
    expect(tally.answer().results).toHaveLength(50);
    expect(growthMax).toBeLessThan(8_000_000);
  });

  test('cost little more than the bare parser', async () => {
    const chunks = [...generated(30_000)];
    const bare = () => {
      const parser = new SaxesParser({ xmlns: false });
      const decoder = new TextDecoder();
      for (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }));
      parser.close();
    };
    const ours = () => readTestReport(chunks, () => {}, { bytesMax: 100_000_000 });
    // The least of a few, taken in turns, because the machine has other things to do.
    const times: [bare: number, ours: number][] = [];
    for (let round = 0; round < 4; round += 1) times.push([await time(bare), await time(ours)]);
    const bareLeast = Math.min(...times.map(([one]) => one));
    const oursLeast = Math.min(...times.map(([, other]) => other));
    expect(oursLeast).toBeLessThan(3 * bareLeast);
  });
});

async function time(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
