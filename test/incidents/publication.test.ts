import { describe, expect, test } from 'vitest';
import { publicationOf, statusAfterEdit } from '../../src/incidents/publication.ts';
import type { IncidentRecord } from '../../src/incidents/record.ts';
import { aRecord } from './a-record.ts';

/** Stands for the real projection: customers see the title. */
const publicParts = ({ title }: IncidentRecord) => ({ title });

const before = aRecord({ title: 'Before' });
const seen = aRecord({ title: 'After' });
const unseen = aRecord({ title: 'Before', internalNotes: 'Ask the build team.' });

describe('after an edit', () => {
  test.each(['draft', 'in_review', 'approved'] as const)('a record %s is a draft', (status) => {
    expect(statusAfterEdit({ status, record: before }, seen, publicParts)).toBe('draft');
    expect(statusAfterEdit({ status, record: before }, unseen, publicParts)).toBe('draft');
  });

  test('a published record is a draft where customers would see the difference, else it stays published', () => {
    const published = { status: 'published', record: before } as const;
    expect(statusAfterEdit(published, seen, publicParts)).toBe('draft');
    expect(statusAfterEdit(published, unseen, publicParts)).toBe('published');
  });

  test('a published record that lets go of a check is a draft, even where customers never saw it', () => {
    const named = aRecord({ title: 'Before', checks: [{ check: 'boot', why: 'Boots.' }] });
    const edit = (from: IncidentRecord, to: IncidentRecord) =>
      statusAfterEdit({ status: 'published', record: from }, to, publicParts);
    expect(edit(named, before)).toBe('draft');
    expect(edit(before, named)).toBe('published');
    const reworded = aRecord({ title: 'Before', checks: [{ check: 'boot', why: 'Starts.' }] });
    expect(edit(named, reworded)).toBe('published');
  });

  test.each<[string, string | null, string | null, string]>([
    ['lets go of a version of a driver', 'vers:intdot/<9', 'vers:intdot/<8', 'draft'],
    ['lets go of every version', null, 'vers:intdot/<8', 'draft'],
    ['names more versions', 'vers:intdot/<8', 'vers:intdot/<9', 'published'],
    ['names every version', 'vers:intdot/<8', null, 'published'],
    ['says the same', null, null, 'published'],
  ])('a published record that %s of an internal driver', (_, from, to, status) => {
    const naming = (versions: string | null) =>
      aRecord({
        title: 'Before',
        drivers: [{ driver: 'audio', versions, versionOf: 'file', role: 'trigger' }],
      });
    const edit = (after: IncidentRecord) =>
      statusAfterEdit({ status: 'published', record: naming(from) }, after, publicParts);
    expect(edit(naming(to))).toBe(status);
    expect(edit(before)).toBe('draft');
  });
});

describe('publishing', () => {
  test('for the first time needs no note', () => {
    expect(publicationOf(null, { after: seen, note: null, publicParts })).toEqual({
      kind: 'first',
    });
  });

  test('what looks the same makes no correction', () => {
    expect(publicationOf(before, { after: unseen, note: 'N.', publicParts })).toEqual({
      kind: 'alike',
    });
  });

  test('something else makes a correction, and somebody has to say why', () => {
    expect(publicationOf(before, { after: seen, note: 'Wrong title.', publicParts })).toEqual({
      kind: 'correction',
      reason: 'Wrong title.',
    });
    expect(publicationOf(before, { after: seen, note: null, publicParts })).toEqual({
      kind: 'unexplained',
    });
  });
});
