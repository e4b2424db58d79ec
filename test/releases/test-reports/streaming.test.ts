/** Reports that come in pieces, and large ones, in every format. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseTally } from '../../../src/releases/test-reports/case-tally.ts';
import { readTestReport } from '../../../src/releases/test-reports/read-test-report.ts';
import { largeReports } from './large-reports.ts';
import { readWhole } from './read-whole.ts';

const id = 'a0000000-0000-0000-0000-00000000000f';

/** Every trap for those who read in pieces; the cases are `a😀 b`, `c` and `d`. */
const trapped: readonly (readonly [format: string, report: string])[] = [
  [
    'junit',
    `<?xml version="1.0" encoding="UTF-16"?>\r\n<!-- 𒍺 -->
<testsuites><testsuite name="é&lt;𡓿">\r\n<testcase classname='k' name="a&#x1F600;\r\nb"/>\r
<testcase name="c"><failure message="">x ]] <![CDATA[ ]] > ü𠄉]]>&amp;</failure></testcase>
<?pi ok?><testcase name="d"><skipped/></testcase></testsuite></testsuites>\r`,
  ],
  [
    'trx',
    `\n<!-- 𒍺 --><TestRun xmlns='x'><Results>\r\n<UnitTestResult testId="${id}" testName="a&#x1F600;\r\nb" outcome="Passed"/>
<UnitTestResult testId='${id}' testName="c" outcome="Failed"><Output><ErrorInfo><Message>ü ]]<![CDATA[𠄉]]>&amp;</Message></ErrorInfo></Output><InnerResults/></UnitTestResult>
<UnitTestResult testId="none" testName="d"/></Results><TestDefinitions><UnitTest id="${id}"><TestMethod className="𡓿"/></UnitTest></TestDefinitions><ResultSummary outcome="Aborted"><RunInfos><RunInfo outcome="Error"><Text>é</Text></RunInfo></RunInfos></ResultSummary></TestRun>\r`,
  ],
  [
    'xunit',
    `<?xml version="1.0"?><assemblies><assembly><errors/><collection name="é𡓿">\r\n<test name="a&#x1F600;\r\nb" type="k" result="Pass"/>
<test name='c' result="Fail"><failure><message>x ]] <![CDATA[ ]] > ü𠄉]]>&amp;</message></failure></test><test name="d" result="Skip"><reason>é</reason></test></collection></assembly></assemblies>\r`,
  ],
  [
    'nunit',
    `<!-- 𒍺 --><test-run result="Failed"><test-suite type="TestFixture" fullname="é𡓿" result="Failed">\r\n<test-case name="a&#x1F600;\r\nb" result="Passed"/>
<test-case name='c' result="Failed"><failure><message>x ]] <![CDATA[ ]] > ü𠄉]]>&amp;</message></failure></test-case><results><test-case name="d" result="Skipped"/></results></test-suite></test-run>\r`,
  ],
  [
    'ctrf',
    `\n{"extra": [1, -2.5e3, true, null, {"ü": "𠄉\\\\"}],\r\n "results": {"tool": {}, "tests":\t[
{"name": "a\\ud83d\\uDE00 b", "status": "passed", "suite": ["é", "𡓿"]}\r
, {"name":"c","status":"failed","message":"\\"é\\n\\u00fc𡓿\\ud800\\u0000"} ,{"name": "d", "status": "pending", "duration": 0.1}] , "summary": {}}}\r\n`,
  ],
];

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
  const reports = trapped.flatMap(([format, report]) =>
    encodings.map(([encoding, encode]) => ({ format, report, encoding, encode })),
  );

  test.each(reports)(
    'reads the same wherever it is cut ($format, $encoding)',
    async ({ format, report, encode }) => {
      const bytes = encode(report);
      const whole = await readWhole(bytes);
      expect(whole.reading).toMatchObject({ kind: 'read', format });
      expect(whole.cases.map(({ name }) => name)).toEqual(['a😀 b', 'c', 'd']);
      expect(await readWhole(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(whole);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat()), async (at) => {
          expect(await readWhole(cut(bytes, at))).toEqual(whole);
        }),
        { numRuns: 50 },
      );
    },
  );

  const wrong = {
    xml: ['', '<', '&', '\u0001', '<!DOCTYPE x>', '</x>', '\r\n\r'],
    json: ['', '}', ']', ',,', '"', '\u0001', '\\x', '01', 'nul ', '\r\n\r'],
  };

  test.each(reports)(
    'is refused in the same place and words wherever it is cut ($format, $encoding)',
    async ({ format, report, encode }) => {
      const characters = Array.from(report);
      await fc.assert(
        fc.asyncProperty(
          fc.nat(characters.length - 4),
          fc.constantFrom(...wrong[format === 'ctrf' ? 'json' : 'xml']),
          fc.array(fc.nat()),
          async (length, ending, at) => {
            const broken = encode(characters.slice(0, length).join('') + ending);
            const { reading } = await readWhole(broken);
            expect(reading.kind).not.toBe('read');
            expect((await readWhole(cut(broken, at))).reading).toEqual(reading);
          },
        ),
        { numRuns: 150 },
      );
    },
  );
});

const claims = Array.from({ length: 10 }, (_, n) => ({
  key: `check-${n}`,
  reportedAs: [{ suite: `suite.${n}*`, name: '*é?' }, { className: `*${n}` }],
  allowSkipped: false,
  minCases: 1,
}));

describe('100,000 cases', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  /** What JavaScript holds, on its heap and off it. */
  const bytesHeld = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };

  test.each(largeReports)('take no more memory than 10,000: $format', async (report) => {
    const tally = new CaseTally(claims);
    let hundreds = 0;
    let early = 0;
    let growth = 0;
    function* watched() {
      for (const chunk of report.chunks(100_000)) {
        yield chunk;
        hundreds += 1;
        if (hundreds === 100) early = bytesHeld();
      }
      growth = bytesHeld() - early;
    }
    const reading = await readTestReport(watched(), (testCase) => tally.add(testCase), {
      bytesMax: 100_000_000,
    });
    expect(reading).toMatchObject({
      format: report.format,
      counts: { total: 100_000, passed: 90_000, failed: 10_000 },
      aborted: null,
    });
    expect(tally.answer(null).results).toHaveLength(claims.length);
    // A case that is kept takes more than 100 bytes. TRX alone keeps something of each: what joins it to its class.
    expect(growth / 90_000).toBeLessThan(report.format === 'trx' ? 150 : 20);
  });
});
