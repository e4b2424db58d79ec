/** The revision of the catalogue: it moves with what answers rest on, and tells nothing of what is kept back. */
import { expect, test } from 'vitest';
import type { RecordedRows } from '../../../src/drivers/affected/catalogue-store.ts';
import { catalogueOf } from '../../../src/drivers/affected/known-catalogue.ts';

type Visibility = 'public' | 'on_match';

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
