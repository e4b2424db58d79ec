/** Files that are broken, hostile or something else. */
import { describe, expect, test } from 'vitest';
import { readTestReport } from '../../../src/releases/test-reports/read-test-report.ts';
import { readWhole } from './read-whole.ts';

describe('what is not a report', () => {
  test.each<[what: string, file: string, seen: string]>([
    ['another root', '<suites><suite/></suites>', 'the root element <suites>'],
    [
      'another format',
      '<!-- x --><robot generator="Robot"><suite/></robot>',
      'the root element <robot>',
    ],
    ['a root in other letters', '<TestSuites/>', 'the root element <TestSuites>'],
    ['JSON without tests', ' {"results": {}}', 'JSON without results.tests'],
    [
      'JSON with tests elsewhere',
      '{"tests": [], "x": {"results": {"tests": []}}}',
      'JSON without results.tests',
    ],
    [
      'JSON with an object of tests',
      '{"results": {"tests": {"a": {"status": "passed"}}}}',
      'JSON without results.tests',
    ],
    [
      'JSON with single results',
      '{"run": "r", "results": [',
      'JSON with a list of results, which are single results and no test report',
    ],
    ['a JSON list', '[', 'a JSON list'],
    ['text', 'this is not an xml file', 'text that begins with "this is not an xml file"'],
    [
      'long text',
      `PK\u0003\u0004${'x'.repeat(10_000)}`,
      `text that begins with "PK\uFFFD\uFFFD${'x'.repeat(35)}…"`,
    ],
    ['white space without end', ' '.repeat(200_000), 'white space alone'],
  ])('%s is named, with what is understood instead', async (_, file, seen) => {
    const { reading, cases } = await readWhole(file);
    expect(reading).toEqual({
      kind: 'unrecognised',
      seen,
      reason: `The file holds ${seen}, which is no report format understood here. Hand in JUnit XML (root element testsuites or testsuite), TRX (root element TestRun), xUnit.net XML (root element assemblies or assembly), NUnit XML (root element test-run or test-results) or CTRF (JSON with results.tests).`,
    });
    expect(cases).toEqual([]);
  });

  test.each(['', ' \n\t', '\uFEFF'])('an empty file (%j) is refused', async (file) => {
    const { reading } = await readWhole(file);
    expect(reading).toEqual({
      kind: 'fault',
      line: 1,
      column: 1,
      reason: 'The file is empty. Hand in what the test runner wrote.',
    });
  });
});

describe('what is broken', () => {
  test.each<[what: string, file: string, line: number, column: number, reason: RegExp]>([
    [
      'cut off within a case',
      '<testsuite>\n<testcase><skipped>so',
      2,
      21,
      /before <skipped> is closed: it is cut off/,
    ],
    ['cut off within a tag', '<testsuite><testcase na', 1, 23, /before <testsuite> is closed/],
    [
      'cut off before the root',
      '<?xml version="1.0"?>',
      1,
      21,
      /ends in the middle: it is cut off/,
    ],
    ['cut off within the root', '<testsuite name="', 1, 17, /ends in the middle: it is cut off/],
    ['tags that cross', '<testsuite>\n<testcase></testsuite>', 2, 22, /unexpected close tag/],
    ['an attribute twice', '<testsuite a="1" a="2"/>', 1, 24, /duplicate attribute: a/],
    ['an attribute without a value', '<testsuite a>', 1, 13, /attribute without value/],
    ['a control character', '<testsuite>\u001b</testsuite>', 1, 12, /control characters/],
    [
      'a control character by number',
      '<testsuite>&#0;</testsuite>',
      1,
      15,
      /a character that XML does not allow/,
    ],
    ['the end of a CDATA alone', '<testsuite>]]></testsuite>', 1, 14, /The XML is broken here/],
    [
      'an unknown entity',
      '<testsuite>&nbsp;</testsuite>',
      1,
      17,
      /not one of those that XML knows/,
    ],
    [
      'two reports in one file',
      '<testsuite/>\n<testsuite/>',
      2,
      11,
      /Hand in each report by itself/,
    ],
    [
      'two whole files in one',
      '<?xml version="1.0"?><testsuite/><?xml version="1.0"?>',
      1,
      39,
      /Hand in each report by itself/,
    ],
    ['text after the end', '<testsuite/>done', 1, 16, /outside the root element/],
  ])('%s is refused where it is', async (_, file, line, column, reason) => {
    const { reading } = await readWhole(file);
    expect(reading).toEqual({ kind: 'fault', line, column, reason: expect.stringMatching(reason) });
  });
});

describe('what is broken JSON', () => {
  const start = '{"results":\n {"tests": [';

  test.each<[what: string, file: string, line: number, column: number, reason: RegExp]>([
    ['cut off', `${start}{"name": "é`, 2, 24, /cut off\. Hand in the whole file/],
    ['cut off between tests', `${start}{},\n`, 3, 1, /cut off/],
    ['cut off within a number', '{"a": 1', 1, 8, /cut off/],
    ['cut off at once', '{', 1, 2, /cut off/],
    ['a name without quotes', '{"key": "val", malformed: 1}', 1, 16, /broken here: m can't stand/],
    ['a missing comma', `${start}{"é": 1 "b": 2}]}}`, 2, 21, /broken here: " can't stand/],
    ['a comma too many', '{"é": [1,]}', 1, 10, /broken here: ] can't stand/],
    ['brackets that cross', '{"a": [1}', 1, 9, /broken here: } can't stand/],
    ['another quote', "{'a': 1}", 1, 2, /broken here: ' can't stand/],
    ['a comment', '{ // x\n}', 1, 3, /broken here: \/ can't stand/],
    ['a word', '{"a": NaN}', 1, 7, /broken here: N can't stand/],
    ['an escape that is none', '{"𒍺\\x": 1}', 1, 6, /broken here: x can't stand/],
    ['a line feed in a text', '{"a": "b\n"}', 1, 9, /A control character stands here/],
    ['a second document', '{"a": 1}\n{"a": 1}', 2, 1, /behind the end of the JSON/],
    ['text after the end', '{"a": 1} done', 1, 10, /behind the end of the JSON/],
    ['a test that is none', `${start}{"status": "passed"}, "x"]}}`, 2, 35, /that is no test/],
    ['a list for a test', `${start}[]]}}`, 2, 14, /that is no test/],
  ])('%s is refused where it is', async (_, file, line, column, reason) => {
    const { reading } = await readWhole(file);
    expect(reading).toEqual({ kind: 'fault', line, column, reason: expect.stringMatching(reason) });
  });

  test('bytes that are no UTF-8 are refused', async () => {
    const bytes = Buffer.concat([Buffer.from(start), Buffer.from([0x22, 0xff, 0x22])]);
    expect((await readWhole(bytes)).reading).toMatchObject({
      kind: 'fault',
      reason: expect.stringContaining('bytes that are not utf-8'),
    });
  });
});

describe('what is hostile', () => {
  const doctypeRefused = expect.stringContaining('A DOCTYPE is not accepted');

  test('an entity bomb is refused before it is lit', async () => {
    const lol = Array.from(
      { length: 20 },
      (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
    );
    const bomb = `<?xml version="1.0"?><!DOCTYPE testsuites [<!ENTITY l0 "lol">${lol.join('')}]><testsuites>&l20;</testsuites>`;
    expect((await readWhole(bomb)).reading).toMatchObject({
      kind: 'fault',
      reason: doctypeRefused,
    });
  });

  test('a file of this machine is not fetched', async () => {
    const xml =
      '<!DOCTYPE testsuite [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&x;"/></testsuite>';
    const { reading, cases } = await readWhole(xml);
    expect(reading).toMatchObject({ kind: 'fault', reason: doctypeRefused });
    expect(cases).toEqual([]);
  });

  test('256 levels are read, and one more is refused', async () => {
    const nested = (levels: number) => '<testsuite>'.repeat(levels) + '</testsuite>'.repeat(levels);
    expect((await readWhole(nested(256))).reading.kind).toBe('read');
    expect((await readWhole(nested(257))).reading).toMatchObject({
      kind: 'fault',
      reason: expect.stringContaining('more than 256 deep'),
    });
  });

  test('256 attributes are read, and one more is refused', async () => {
    const wide = (attributes: number) =>
      `<testsuite><testcase a="1"/><testcase ${Array.from({ length: attributes }, (_, n) => `a${n}=""`).join(' ')}/></testsuite>`;
    expect((await readWhole(wide(256))).reading.kind).toBe('read');
    expect((await readWhole(wide(257))).reading).toMatchObject({
      kind: 'fault',
      reason: expect.stringContaining('more than 256 attributes'),
    });
  });

  const long = 'x'.repeat(10_100_000);
  test.each([
    ['attribute', `<testsuite name="${long}"/>`],
    ['name', `<testsuite><${long}/></testsuite>`],
    ['comment', `<testsuite><!--${long}--></testsuite>`],
    ['log', `<testsuite><system-out><![CDATA[${long}]]></system-out></testsuite>`],
    ['text', `<testsuite>${long}</testsuite>`],
    ['DOCTYPE', `<!DOCTYPE ${long}`],
    ['entity', `<testsuite>&${long};</testsuite>`],
  ])('a single %s of more than 10,000,000 characters is refused', async (_, file) => {
    expect((await readWhole(file)).reading).toMatchObject({
      kind: 'fault',
      reason: expect.stringContaining('longer than 10,000,000 characters'),
    });
  });

  test.each([
    ['text', `{"a": "${long}"}`],
    ['name', `{"${long}": 1}`],
    ['number', `{"a": 1${'0'.repeat(10_100_000)}}`],
    ['stretch of white space', `{${' '.repeat(10_100_000)}}`],
    [
      'test',
      `{"results": {"tests": [{"stdout": [${`"${'x'.repeat(1000)}",`.repeat(10_100)}""]}]}}`,
    ],
  ])('in JSON too: a single %s', async (_, file) => {
    expect((await readWhole(file)).reading).toMatchObject({
      kind: 'fault',
      reason: expect.stringContaining('longer than 10,000,000 characters'),
    });
  });

  test('256 levels of JSON are read, and one more is refused', async () => {
    const nested = (levels: number) =>
      `{"results": {"tests": []}, "a": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect((await readWhole(nested(256))).reading.kind).toBe('read');
    expect((await readWhole(nested(257))).reading).toMatchObject({
      kind: 'fault',
      reason: expect.stringContaining('more than 256 deep'),
    });
  });

  test('much that is short may together be longer than that', async () => {
    const log = `<system-out>${'x'.repeat(1_000_000)}</system-out>`;
    const { reading } = await readWhole(`<testsuite>${log.repeat(12)}</testsuite>`);
    expect(reading.kind).toBe('read');
    const item = `{"status": "passed", "stdout": ["${'x'.repeat(1_000_000)}"]}`;
    const tests = `[${`${item},`.repeat(11)}${item}]`;
    const json = await readWhole(`{"extra": ${tests}, "results": {"tests": ${tests}}}`);
    expect(json.reading).toMatchObject({ kind: 'read', counts: { total: 12 } });
  });

  test('a report past the size limit is refused without reading on', async () => {
    let given = 0;
    let released = false;
    function* endless() {
      try {
        yield Buffer.from('<testsuite>');
        for (;;) {
          given += 1;
          yield Buffer.from('<testcase/>'.repeat(100));
        }
      } finally {
        released = true;
      }
    }
    const { reading } = await readWhole(endless(), 10_000);
    expect(reading).toEqual({
      kind: 'too_large',
      bytesMax: 10_000,
      reason:
        'The report is larger than 10,000 bytes. Leave logs out of it, or hand it in as several files of one run.',
    });
    expect(given).toBe(10);
    expect(released).toBe(true);
  });

  test('a report of just the size limit is read', async () => {
    const file = '<testsuite/>';
    expect((await readWhole(file, file.length)).reading.kind).toBe('read');
    expect((await readWhole(file, file.length - 1)).reading.kind).toBe('too_large');
  });
});

describe('what is not the report’s fault', () => {
  test('a source that breaks is an exception', async () => {
    async function* broken() {
      yield Buffer.from('<testsuite>');
      throw new Error('connection reset');
    }
    const reading = readTestReport(broken(), () => {}, { bytesMax: 1000 });
    await expect(reading).rejects.toThrow('connection reset');
  });

  test('so is an exception of whoever takes the cases', async () => {
    const refuse = () => {
      throw new Error('a bug');
    };
    const report = [Buffer.from('<testsuite><testcase/></testsuite>')];
    await expect(readTestReport(report, refuse, { bytesMax: 1000 })).rejects.toThrow('a bug');
  });
});
