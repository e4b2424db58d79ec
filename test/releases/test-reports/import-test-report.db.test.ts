/** Handing in test reports: what is understood, what is stored, and what is refused whole. */
import { describe, expect, test } from 'vitest';
import { type Client, testService } from '../../support/service.ts';
import { nothing, putCheck, putProduct, release, rowCounts, sensorRelease } from '../sensor.ts';

const reports = `${release}/test-reports`;
const asXml = { 'content-type': 'application/xml' };

const hand = (client: Client, report: string, query = '', headers = {}) =>
  client.post(`${reports}${query}`, report, { ...asXml, ...headers });

const suite = (name: string, cases: string) => `<testsuite name="${name}">${cases}</testsuite>`;
const content = `<testsuites>${suite(
  'content.validator',
  '<testcase name="field_count_ipc"/><testcase name="field_count_registry"/>',
)}${suite(
  'content.matching',
  '<testcase name="literal_20"/>' +
    '<testcase name="literal_21"><failure message="expected a match"/></testcase>' +
    '<testcase name="smoke"><skipped/></testcase>',
)}</testsuites>`;

const contentChecks = {
  counts: { reportedAs: [{ suite: 'content.validator', name: 'field_count_*' }] },
  matching: { reportedAs: [{ suite: 'content.matching', name: 'literal_*' }] },
  'boot-loop': { reportedAs: [{ suite: 'host.boot' }] },
};

describe('201', () => {
  test('the answer says what was understood, and why a check still counts as missing', async () => {
    const service = await testService();
    await sensorRelease(service, { checks: contentChecks });
    const pipeline = await service.as('pipeline', { name: 'build', products: ['sensor'] });
    const { status, body } = await hand(pipeline, content);
    expect(status).toBe(201);
    expect(body).toEqual({
      format: 'junit',
      run: body.run,
      shards: { received: 1, announced: null },
      cases: { total: 5, passed: 3, failed: 1, errored: 0, skipped: 1 },
      results: [
        { id: '1', check: 'counts', variant: null, outcome: 'passed', cases: 2, failedCases: [] },
        {
          id: '2',
          check: 'matching',
          variant: null,
          outcome: 'failed',
          cases: 2,
          failedCases: ['content.matching › literal_21'],
        },
      ],
      checksWithoutCases: ['boot-loop'],
      checksBelowMinimum: [],
      casesWithoutCheck: 1,
      ignored: [],
      unlistedArtifacts: [],
    });
    const onRecord = await pipeline.get(`${release}/results?check=matching`);
    expect(onRecord.body.items).toMatchObject([
      { outcome: 'failed', reason: 'expected a match', run: body.run, submittedBy: 'build' },
    ]);
    const gate = await pipeline.get(`${release}/gate`);
    expect(gate.body.answers.map(({ status }: { status: string }) => status)).toEqual([
      'missing',
      'passed',
      'failed',
    ]);
  });

  test('variant, artifact, run and shards go with every result of the report', async () => {
    const service = await testService();
    const variants = [{ os: 'windows-10', arch: 'x64' }];
    const checks = {
      matching: { ...contentChecks.matching, variants },
      counts: contentChecks.counts,
    };
    const engineer = await sensorRelease(service, { checks });
    const artifact = '1'.repeat(64);
    const query = `?variant=os=windows-10&variant=arch=x64&artifact=${artifact}&run=build-7&shards=2`;
    const { body } = await hand(engineer, content, query);
    expect(body).toMatchObject({
      run: 'build-7',
      shards: { received: 1, announced: 2 },
      ignored: [],
    });
    const { items } = (await engineer.get(`${release}/results`)).body;
    expect(items).toHaveLength(2);
    for (const item of items) {
      expect(item).toMatchObject({
        variant: { os: 'windows-10', arch: 'x64' },
        artifacts: [artifact],
        run: 'build-7',
      });
    }
  });

  test('without an artifact a result belongs to those that the release lists', async () => {
    const service = await testService();
    const artifacts = [{ name: 'content.bin', sha256: '2'.repeat(64) }];
    const engineer = await sensorRelease(service, { checks: contentChecks, facts: { artifacts } });
    await hand(engineer, content);
    const { items } = (await engineer.get(`${release}/results?limit=1`)).body;
    expect(items[0].artifacts).toEqual(['2'.repeat(64)]);
  });

  test('a variant that a check does not list is shown as ignored, with what may have been meant', async () => {
    const service = await testService();
    const variants = [{ os: 'windows-10' }];
    const engineer = await sensorRelease(service, {
      checks: { matching: { ...contentChecks.matching, variants } },
    });
    const { body } = await hand(engineer, content, '?variant=os=Windows-10');
    // It is as unanswered as if it had found no case.
    expect(body.checksWithoutCases).toContain('matching');
    expect(body.ignored).toEqual([
      { check: 'matching', variant: { os: 'Windows-10' }, nearMatches: variants },
    ]);
  });

  test('too few cases make no result, and the answer says so', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, {
      checks: { counts: { ...contentChecks.counts, minCases: 3 } },
    });
    const { body } = await hand(engineer, content);
    expect(body).toMatchObject({
      results: [],
      checksBelowMinimum: [{ check: 'counts', cases: 2, minCases: 3 }],
      checksWithoutCases: [],
    });
    expect(await rowCounts(service)).toMatchObject({ results: 0, reports: 1 });
  });

  test('a report in which no check finds a case still counts as a report of its run', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const elsewhere = suite('elsewhere', '<testcase name="a"/>');
    const first = await hand(engineer, content.replace(/<failure[^>]*>/, ''), '?run=r&shards=2');
    expect(first.body.shards).toEqual({ received: 1, announced: 2 });
    const { body: waiting } = await engineer.get(`${release}/gate`);
    expect(waiting.answers[1].status).toBe('running');
    const second = await hand(engineer, elsewhere, '?run=r');
    expect(second.body).toMatchObject({ results: [], shards: { received: 2, announced: 2 } });
    const { body: whole } = await engineer.get(`${release}/gate`);
    expect(whole.answers[1].status).toBe('passed');
  });

  test('checks that are not required of this release are answered, but never called without cases', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, {
      facts: { kind: 'content', components: [] },
      checks: {
        advised: { enforcement: 'advisory', reportedAs: [{ suite: 'absent' }] },
        elsewhere: { appliesTo: { kinds: ['code'] }, reportedAs: [{ suite: 'content.matching' }] },
        'other-kind': { appliesTo: { kinds: ['code'] }, reportedAs: [{ suite: 'absent' }] },
        'by-hand': {},
        canary: { appliesTo: { rings: ['canary'] }, reportedAs: [{ suite: 'absent' }] },
        general: { appliesTo: { rings: ['general'] }, reportedAs: [{ suite: 'absent' }] },
      },
    });
    const { body } = await hand(engineer, content);
    expect(body.results.map(({ check }: { check: string }) => check)).toEqual(['elsewhere']);
    expect(body.checksWithoutCases).toEqual(['canary', 'general']);
  });

  test('a check that came after the release entered a ring is asked for by the others only', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: {} });
    await engineer.post(`${release}/shipments`, { ring: 'general' });
    for (const ring of ['canary', 'general']) {
      await engineer.put(`/v1/checks/late-${ring}`, {
        title: 'Late',
        purpose: 'Late.',
        kind: 'automated',
        enforcement: 'required',
        appliesTo: { rings: [ring] },
        reportedAs: [{ suite: 'absent' }],
        owner: 'quality',
      });
    }
    const { body } = await hand(engineer, content);
    expect(body.checksWithoutCases).toEqual(['late-canary']);
  });

  test('a retired check claims no case, one that takes effect later does', async () => {
    const service = await testService();
    const later = new Date(Date.now() + 86_400_000).toISOString();
    const engineer = await sensorRelease(service, {
      checks: {
        retired: contentChecks.counts,
        later: { ...contentChecks.matching, effectiveFrom: later },
      },
    });
    await service.database.pool.query(
      `update regression_check_revision
       set body = jsonb_set(body, '{retiredAt}', to_jsonb(instant_text(clock_timestamp())))
       where owner_id = (select id from regression_check where key = 'retired')`,
    );
    const { body } = await hand(engineer, content);
    expect(body.results.map(({ check }: { check: string }) => check)).toEqual(['later']);
    expect(body.casesWithoutCheck).toBe(3);
  });

  test('the same report twice does not complete its run, nor is it stored again', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const first = await hand(engineer, content, '?run=r&shards=2');
    const again = await hand(engineer, content, '?run=r&shards=2');
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.body.shards).toEqual({ received: 1, announced: 2 });
    expect(await rowCounts(service)).toMatchObject({ results: 2, reports: 1 });
    const elsewhere = await hand(engineer, content, '?run=r&shards=2&variant=os=windows-10');
    expect(elsewhere.body.shards.received).toBe(2);
  });

  test('reports that are the same to the byte count each, where they are numbered', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const received = async (shard: number) =>
      (await hand(engineer, content, `?run=r&shards=2&shard=${shard}`)).body.shards.received;
    expect(await received(1)).toBe(1);
    expect(await received(1)).toBe(1);
    expect(await received(2)).toBe(2);
    expect(await rowCounts(service)).toMatchObject({ results: 4, reports: 2 });
  });

  test('the same report again answers a check that claims its cases by now, and counts once', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: { counts: contentChecks.counts } });
    await hand(engineer, content, '?run=r');
    await putCheck(engineer, 'matching', contentChecks.matching);
    const { body } = await hand(engineer, content, '?run=r');
    expect(body.shards.received).toBe(1);
    expect(body.results).toMatchObject([
      { id: '1', check: 'counts' },
      { id: '2', check: 'matching' },
    ]);
  });

  test('an artifact that the release does not list is named', async () => {
    const service = await testService();
    const artifacts = [{ name: 'content.bin', sha256: '2'.repeat(64) }];
    const engineer = await sensorRelease(service, { checks: contentChecks, facts: { artifacts } });
    const named = async (digit: string) =>
      (await hand(engineer, content, `?artifact=${digit.repeat(64)}`)).body.unlistedArtifacts;
    expect(await named('2')).toEqual([]);
    expect(await named('3')).toEqual(['3'.repeat(64)]);
  });

  test('what a person answers is not answered by a report', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, {
      checks: {
        look: { ...contentChecks.counts, kind: 'manual' },
        word: { ...contentChecks.matching, kind: 'sign_off' },
      },
    });
    const { body } = await hand(engineer, content);
    expect(body).toMatchObject({ results: [], casesWithoutCheck: 5, checksWithoutCases: [] });
  });

  test('the same bytes with the same Idempotency-Key store once and are answered the same', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const key = { 'Idempotency-Key': 'build-7' };
    const first = await hand(engineer, content, '', key);
    const again = await hand(engineer, content, '', key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await rowCounts(service)).toMatchObject({ results: 2, runs: 1, reports: 1 });

    const different = await hand(engineer, content.replace('literal_20', 'literal_22'), '', key);
    expect(different.status).toBe(422);
    expect(different.body.type).toBe('/problems/idempotency-key-reused');
    expect(await rowCounts(service)).toMatchObject({ results: 2, reports: 1 });
  });

  test('a report is read under every media type that the contract names', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const types = ['xml', 'json', 'octet-stream'].map((type) => `application/${type}`);
    for (const type of [...types, 'text/xml; charset=utf-8']) {
      const { status } = await hand(engineer, content, '', { 'content-type': type });
      expect(status).toBe(201);
    }
  });

  test.each([
    ['junit', '<testsuite><testcase name="literal_20"/></testsuite>'],
    [
      'trx',
      '<TestRun><Results><UnitTestResult testName="literal_20" outcome="Passed"/></Results></TestRun>',
    ],
    [
      'xunit',
      '<assemblies><assembly><test name="literal_20" result="Pass"/></assembly></assemblies>',
    ],
    ['nunit', '<test-run><test-case name="literal_20" result="Passed"/></test-run>'],
    ['ctrf', '{"results": {"tests": [{"name": "literal_20", "status": "passed"}]}}'],
  ])('a report in %s answers the checks that claim its cases', async (format, report) => {
    const service = await testService();
    const checks = { literals: { reportedAs: [{ name: 'literal_*' }] } };
    const engineer = await sensorRelease(service, { checks });
    const { status, body } = await hand(engineer, report);
    expect(status).toBe(201);
    expect(body).toMatchObject({ format, results: [{ check: 'literals', outcome: 'passed' }] });
  });

  test('checks that would pass by a run that was aborted are errored, and the answer says why', async () => {
    const service = await testService();
    const checks = { literals: { reportedAs: [{ name: 'literal_*' }] } };
    const engineer = await sensorRelease(service, { checks });
    const { body } = await hand(
      engineer,
      '<test-run result="Failed" label="Cancelled"><reason><message>agent lost</message></reason><test-case name="literal_20" result="Passed"/></test-run>',
    );
    expect(body).toMatchObject({
      aborted: 'agent lost',
      cases: { passed: 1 },
      results: [{ check: 'literals', outcome: 'errored' }],
    });
  });
});

describe('refused, with nothing stored', () => {
  const bomb = `<?xml version="1.0"?>
<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<testsuite name="&b;"><testcase name="a"/></testsuite>`;
  const outside = `<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>`;

  test.each([
    {
      what: 'an entity bomb',
      report: bomb,
      says: /^Line 2, column \d+: A DOCTYPE is not accepted/,
    },
    { what: 'an entity from outside', report: outside, says: /^Line 1, column \d+: A DOCTYPE/ },
    {
      what: 'a file cut off',
      report: content.slice(0, -20),
      says: /cut off\. Hand in the whole file/,
    },
    {
      what: 'broken XML',
      report: '<testsuite>\n<testcase></testsuite>',
      says: /^Line 2, column \d+: /,
    },
    {
      what: 'an unknown root',
      report: '<html><body/></html>',
      says: /root element <html>.*JUnit XML/,
    },
    { what: 'JSON', report: '{"tests": []}', says: /The file holds JSON/ },
    {
      what: 'JSON cut off',
      report: '{"results": {"tests": [{"status": "passed"},',
      says: /^Line 1, column \d+: .*cut off/,
    },
    {
      what: 'TRX cut off',
      report: '<TestRun><Results><UnitTestResult outcome="Passed"/>',
      says: /before <Results> is closed: it is cut off/,
    },
    { what: 'white space', report: ' \n ', says: /^Line 1, column 1: The file is empty/ },
  ])('422 for $what says where, and what to do', async ({ report, says }) => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const { status, body } = await hand(engineer, report);
    expect(status).toBe(422);
    expect(body.detail).toMatch(says);
    expect(body.detail).toMatch(/Nothing was stored\.$/);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a file that breaks after cases were read', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const late = content.replace('</testsuites>', '<broken></testsuites>');
    expect((await hand(engineer, late, '?run=r&shards=2')).status).toBe(422);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('413 for a body past the limit', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { status } = await hand(engineer, content, '', { 'content-length': '104857601' });
    expect(status).toBe(413);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('415 for another media type, 400 for no body at all', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    expect((await hand(engineer, content, '', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await engineer.post(reports, undefined, asXml)).status).toBe(400);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('400 for a name given twice in the variant, and for what is no name=value', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const twice = await hand(engineer, content, '?variant=os=windows-10&variant=os=windows-11');
    expect(twice.status).toBe(400);
    expect(twice.body.errors[0].parameter).toBe('variant');
    const nameless = await hand(engineer, content, '?variant=windows-10');
    expect(nameless.status).toBe(400);
    expect(nameless.body.errors[0].parameter).toBe('variant');
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a number of reports without the run that has them', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { status, body } = await hand(engineer, content, '?shards=2');
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe('shards');
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a number past the last one, or for more reports than were announced when it came', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: contentChecks });
    const fault = async (query: string) => {
      const { status, body } = await hand(engineer, content, query);
      expect(status).toBe(422);
      return body.errors[0].parameter;
    };
    expect(await fault('?run=r&shards=2&shard=3')).toBe('shard');
    expect(await fault('?shard=1')).toBe('shard');
    expect(await rowCounts(service)).toEqual(nothing);
    await hand(engineer, content, '?run=r&shards=2&shard=1');
    expect(await fault('?run=r&shards=3&shard=1')).toBe('shards');
  });

  test('404 for what is not registered, and for what lies outside the products of the token', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    await putProduct(engineer, 'scanner');
    const unregistered = '/v1/products/sensor/releases/3.0/test-reports';
    expect((await engineer.post(unregistered, content, asXml)).status).toBe(404);
    const bound = await service.as('pipeline', { products: ['scanner'] });
    const outside = await hand(bound, content);
    const unknown = await bound.post('/v1/products/none/releases/2.0/test-reports', content, asXml);
    expect(outside.status).toBe(404);
    expect(outside.body.detail).toBe(unknown.body.detail.replace('none', 'sensor'));
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('401 without a token, 403 for a role that only reads', async () => {
    const service = await testService();
    await sensorRelease(service);
    expect((await hand(service.anonymous, content)).status).toBe(401);
    expect((await hand(await service.as('reader'), content)).status).toBe(403);
    expect(await rowCounts(service)).toEqual(nothing);
  });
});
