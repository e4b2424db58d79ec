/** Reports that real tools wrote, with the counts that another reader finds in them. */
import { describe, expect, test } from 'vitest';
import { readWhole } from './read-whole.ts';
import {
  bytesOf,
  expectedOf,
  formatOf,
  present,
  readable,
  unreadable,
} from './real-report-files.ts';

describe.skipIf(!present)('real reports, where the folder with them is present', () => {
  test.each(readable)('%s has the counts that another reader finds', async (name) => {
    const { reading, cases } = await readWhole(bytesOf(name));
    const counts = expectedOf(name);
    expect(reading).toEqual({ kind: 'read', format: formatOf(name), counts, aborted: null });
    if (name !== 'junit/no-cases-but-tests.xml') expect(cases).toHaveLength(counts?.total ?? 0);
  });

  test('some of every format are among them', () => {
    expect(new Set(readable.map(formatOf))).toEqual(
      new Set(['junit', 'trx', 'xunit', 'nunit', 'ctrf']),
    );
  });

  test('every case of a real TRX finds its class, wherever the classes stand', async () => {
    for (const name of readable.filter((name) => formatOf(name) === 'trx')) {
      const { cases } = await readWhole(bytesOf(name));
      expect([name, cases.filter(({ className }) => className === '')]).toEqual([name, []]);
    }
  });

  test('every other file is refused', async () => {
    const kinds = await Promise.all(
      unreadable.map(async (name) => {
        const { reading } = await readWhole(bytesOf(name));
        return [name, reading.kind];
      }),
    );
    expect(Object.fromEntries(kinds)).toEqual({
      'junit/corrupt-xml.xml': 'fault',
      'junit/non-junit.xml': 'unrecognised',
      'ctrf/ctrf.schema.json': 'unrecognised',
      'bad/empty.json': 'fault',
      'bad/empty.xml': 'fault',
      'bad/malformed-json.json': 'fault',
      'bad/non-xml.xml': 'unrecognised',
    });
  });
});
