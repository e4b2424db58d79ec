/** Reports that real tools wrote, handed in over HTTP as they are. */
import { describe, expect, test } from 'vitest';
import { testService } from '../../support/service.ts';
import { nothing, release, rowCounts, sensorRelease } from '../sensor.ts';
import { bytesOf, expectedOf, present, readable, unreadable } from './real-report-files.ts';

const reports = `${release}/test-reports`;
const asBytes = { 'content-type': 'application/octet-stream' };

describe.skipIf(!present)('real reports, where the folder with them is present', () => {
  test('201 with the counts that another reader finds, and a result for the check that claims all', async () => {
    const service = await testService();
    const all = { reportedAs: [{ name: '*' }], allowSkipped: true };
    const engineer = await sensorRelease(service, { checks: { all } });
    for (const name of readable) {
      const { status, body } = await engineer.post(reports, bytesOf(name), asBytes);
      expect([name, status, body.cases]).toEqual([name, 201, expectedOf(name)]);
      // One file declares its counts and lists no case.
      const listed =
        name === 'junit/no-cases-but-tests.xml' ? [] : [{ check: 'all', cases: body.cases.total }];
      expect([name, body.results]).toMatchObject([name, listed]);
    }
    expect(await rowCounts(service)).toMatchObject({ reports: readable.length });
  });

  test('422 for every other file, and nothing stored', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    for (const name of unreadable) {
      const { status } = await engineer.post(reports, bytesOf(name), asBytes);
      expect([name, status]).toEqual([name, 422]);
    }
    expect(await rowCounts(service)).toEqual(nothing);
  });
});
