/** The revision of the catalogue: it moves with what answers rest on, and tells nothing of what is kept back. */
import { describe, expect, test } from 'vitest';
import type { RecordedRows } from '../../../src/drivers/affected/catalogue-store.ts';
import { catalogueOf } from '../../../src/drivers/affected/known-catalogue.ts';
import { knownFrom, publicCatalogueOf } from '../../../src/drivers/affected/public-catalogue.ts';
import { evaluateMachine, indexCatalogue } from '../../../src/drivers/matching/index.ts';

type Visibility = 'public' | 'on_match' | 'internal';

function rows({
  visibility = 'on_match' as Visibility,
  fileName = 'secret.sys',
  changedAt = '2026-01-01T00:00:00Z',
  versions = 'vers:intdot/<9',
  publishedRevision = 3,
} = {}): RecordedRows {
  return {
    incidents: [
      {
        key: 'HF-2026-0001',
        title: 'Stops beside a driver',
        whatToDo: 'Update it.',
        affected: [{ product: 'sensor', versions: 'vers:intdot/<8', conditions: null }],
        drivers: [
          { driver: 'the-driver', versions, versionOf: 'file', visibility, foundUnaffected: [] },
        ],
        sources: [],
        publishedRevision,
        inside: false,
      },
    ],
    drivers: [
      {
        key: 'the-driver',
        name: 'A driver',
        vendor: 'Example',
        platform: 'windows',
        identity: { fileNames: [fileName] },
        changedAt,
      },
    ],
  };
}

const revision = (said: Parameters<typeof rows>[0]) =>
  catalogueOf(rows(said), { kind: 'anyone' }).revision;

test('what is told on a match alone cannot be guessed from the revision', () => {
  const kept = revision({});
  expect(revision({ fileName: 'guessed.sys' })).toBe(kept);
  expect(revision({ versions: 'vers:intdot/<10' })).toBe(kept);
});

test('the revision moves when what is told on a match alone is changed', () => {
  const kept = revision({});
  expect(revision({ changedAt: '2026-01-02T00:00:00Z' })).not.toBe(kept);
  expect(revision({ publishedRevision: 4 })).not.toBe(kept);
});

test('the revision moves with what everybody may know, and with nothing else', () => {
  const open = { visibility: 'public' } as const;
  expect(revision({ ...open, fileName: 'other.sys' })).not.toBe(revision(open));
  expect(revision({ ...open, versions: 'vers:intdot/<10' })).not.toBe(revision(open));
  expect(revision({ ...open, changedAt: '2026-01-02T00:00:00Z' })).toBe(revision(open));
  expect(revision({ ...open, publishedRevision: 4 })).toBe(revision(open));
});

describe('a driver that the report does not name leaves the answer open for who may not know it', () => {
  const anyone = (visibility: Visibility) => {
    const [{ incidents, drivers }, other] = [rows({ visibility }), rows({ visibility: 'public' })];
    const parts = [...(incidents[0]?.drivers ?? []), ...(other.incidents[0]?.drivers ?? [])];
    const hidden = parts.map((part, index) => (index === 0 ? { ...part, driver: 'hidden' } : part));
    return catalogueOf(
      {
        incidents: incidents.map((incident) => ({ ...incident, drivers: hidden })),
        drivers: [...drivers, ...drivers.map((driver) => ({ ...driver, key: 'hidden' }))],
      },
      { kind: 'anyone' },
    );
  };
  const online = indexCatalogue(anyone('internal'));
  const offline = knownFrom(publicCatalogueOf(anyone('internal'), 'https://a.test')).index;

  test.each([
    ['online', online],
    ['offline', offline],
  ])('%s', (_, index) => {
    const answerTo = (items: readonly object[] | null, version = '7') =>
      evaluateMachine(index, { product: 'sensor', version, items, unreadableLines: 0 });
    const other = { fileName: 'other.sys', fileVersion: '1' };
    expect(answerTo([other])).toMatchObject({
      verdict: 'cannot_tell',
      incidents: [
        { missing: [{ field: null, detail: expect.stringContaining('not made public') }] },
      ],
    });
    expect(answerTo([{ ...other, fileName: 'secret.sys' }]).verdict).toBe('probably_affected');
    expect(answerTo([other], '8').incidents).toMatchObject([{ verdict: 'not_affected' }]);
  });

  test('also where it is the only one: the incident does not concern every machine', () => {
    const index = indexCatalogue(catalogueOf(rows({ visibility: 'internal' }), { kind: 'anyone' }));
    for (const items of [null, [], [{ fileName: 'other.sys' }]]) {
      const asked = { product: 'sensor', version: '7', items, unreadableLines: 0 };
      expect(evaluateMachine(index, asked)).toMatchObject({
        verdict: 'cannot_tell',
        incidents: [{ evidence: expect.not.stringContaining('A driver') }],
      });
    }
  });
});
