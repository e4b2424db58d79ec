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
