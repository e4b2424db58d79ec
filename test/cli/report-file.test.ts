import { describe, expect, test } from 'vitest';
import { AskedWrongly } from '../../src/cli/exit-code.ts';
import { openReportFile } from '../../src/cli/report-file.ts';
import { fileWith } from './command-run.ts';

const junit = '<testsuite name="s"><testcase name="c"/></testsuite>';
const ctrf = '{"results": {"tests": [{"name": "c", "status": "passed"}]}}';

describe('files are known by what they hold, whatever they are called', () => {
  test.each([
    ['results', '{"results": []}', 'results'],
    ['results behind white space', '\n\n  {"results": []}', 'results'],
    ['a report', junit, 'report'],
    ['a report behind a byte order mark', `\ufeff<?xml version="1.0"?>${junit}`, 'report'],
    ['a report in UTF-16', Buffer.from(`\ufeff${junit}`, 'utf16le'), 'report'],
    ['a report in JSON', ctrf, 'report'],
  ])('%s', async (_, content, kind) => {
    expect(await openReportFile(fileWith('file.txt', content))).toMatchObject({ kind });
  });

  test.each([
    [junit, 'application/xml'],
    [ctrf, 'application/json'],
  ])('%s goes out as %s', async (content, mediaType) => {
    expect(await openReportFile(fileWith('file.txt', content))).toMatchObject({ mediaType });
  });

  test('a report is handed on byte for byte', async () => {
    const file = await openReportFile(fileWith('a.xml', `${junit}\n`));
    expect(file.kind === 'report' && (await file.bytes.text())).toBe(`${junit}\n`);
  });
});

describe('what is refused, with a reason', () => {
  test.each([
    ['an empty file', '', /is empty/],
    ['white space', ' \n ', /is empty/],
    ['text', 'ok 1 - boots', /no report format understood here.*Single results go in as/],
    ['a report that is cut off', junit.slice(0, 40), /line 1, column \d+: .*cut off/],
    ['XML that is no report', '<html></html>', /root element/],
    ['JSON that is cut off', '{"results": [', /can't be read as JSON/],
    ['JSON without results', '{"tests": []}', /JSON without results/],
    ['JSON with results that are no list', '{"results": {}}', /JSON without results/],
    ['a report in JSON that is cut off', ctrf.slice(0, 40), /line 1, column \d+: .*cut off/],
    ['a list', '[{"check": "a"}]', /JSON without results/],
  ])('%s', async (_, content, reason) => {
    const opening = openReportFile(fileWith('file', content));
    await expect(opening).rejects.toThrow(AskedWrongly);
    await expect(opening).rejects.toThrow(reason);
  });

  test.each(['/nowhere/report.xml', '/'])('%s', async (path) => {
    await expect(openReportFile(path)).rejects.toThrow(AskedWrongly);
  });
});
