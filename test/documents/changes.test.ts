import { describe, expect, test } from 'vitest';
import { type Change, changeIntoBeing, changesBetween } from '../../src/documents/changes.ts';
import type { IncidentInput } from '../../src/incidents/record.ts';
import { aRecord } from '../incidents/a-record.ts';

const cause = (id: string, statement = 'S.') =>
  ({ id, class: 'root', confidence: 'suspected', statement }) as const;
const entry = (at: string, text = 'N.') => ({ at, precision: 'day', type: 'note', text }) as const;

function changes(before: Partial<IncidentInput>, after: Partial<IncidentInput>): Change[] {
  return changesBetween(aRecord(before), aRecord(after));
}

describe('differences between two revisions', () => {
  test('of the same record there are none', () => {
    expect(changes({ causes: [cause('a')] }, { causes: [cause('a')] })).toEqual([]);
  });

  test('name the smallest part, with both sides, in the order of the fields', () => {
    expect(
      changes(
        { reach: 'limited', summary: 'A.' },
        { detection: { method: 'press' }, reach: 'wide', summary: 'A.' },
      ),
    ).toEqual([
      { pointer: '/reach', before: 'limited', after: 'wide' },
      { pointer: '/detection/method', before: 'unknown', after: 'press' },
    ]);
  });

  test('a cause put in front is one change, not a change of every cause', () => {
    const [first] = aRecord({ causes: [cause('new')] }).causes;
    expect(
      changes(
        { causes: [cause('a'), cause('b')] },
        { causes: [cause('new'), cause('a'), cause('b')] },
      ),
    ).toEqual([{ pointer: '/causes/0', after: first }]);
  });

  test('a change beside an insertion points at the place in the later revision', () => {
    expect(
      changes(
        { causes: [cause('a'), cause('b', 'Old.')] },
        { causes: [cause('a'), cause('new'), cause('b', 'New.')] },
      ),
    ).toMatchObject([
      { pointer: '/causes/1', after: { id: 'new' } },
      { pointer: '/causes/2/statement', before: 'Old.', after: 'New.' },
    ]);
  });

  test('what is gone points at its place in the earlier revision, and has no after', () => {
    const found = changes({ causes: [cause('a'), cause('b')] }, { causes: [cause('b')] });
    expect(found).toMatchObject([{ pointer: '/causes/0', before: { id: 'a' } }]);
    expect(found[0]).not.toHaveProperty('after');
  });

  test('what moved is gone from one place and new at another', () => {
    expect(
      changes({ causes: [cause('a'), cause('b')] }, { causes: [cause('b'), cause('a')] }),
    ).toMatchObject([
      { pointer: '/causes/0', before: { id: 'a' } },
      { pointer: '/causes/1', after: { id: 'a' } },
    ]);
  });

  test('entries of the timeline are known by type and time', () => {
    expect(
      changes(
        { timeline: [entry('2024-07-19', 'Old.'), entry('2024-07-20')] },
        { timeline: [entry('2024-07-18'), entry('2024-07-19', 'New.'), entry('2024-07-20')] },
      ),
    ).toMatchObject([
      { pointer: '/timeline/0', after: { at: '2024-07-18' } },
      { pointer: '/timeline/1/text', before: 'Old.', after: 'New.' },
    ]);
  });

  test('words in a list are known by themselves', () => {
    expect(changes({ effects: ['hang', 'data_loss'] }, { effects: ['hang', 'boot_loop'] })).toEqual(
      [
        { pointer: '/effects/1', before: 'data_loss' },
        { pointer: '/effects/1', after: 'boot_loop' },
      ],
    );
  });

  test('a field that one side lacks is on the other side alone', () => {
    const under = (conditions: object): Partial<IncidentInput> => ({
      affected: [{ product: 'p', versions: 'vers:intdot/1', conditions }],
    });
    expect(changes(under({ inWords: 'A.' }), under({ platforms: ['windows'] }))).toEqual([
      { pointer: '/affected/0/conditions/platforms', after: ['windows'] },
      { pointer: '/affected/0/conditions/inWords', before: 'A.' },
    ]);
  });

  test('a part that becomes null or stops being so is one change', () => {
    expect(changes({}, { nextUpdateAt: '2024-07-20T12:00:00Z' })).toEqual([
      { pointer: '/nextUpdateAt', before: null, after: '2024-07-20T12:00:00Z' },
    ]);
  });

  test('the first revision is the record, where nothing was', () => {
    expect(changeIntoBeing(aRecord())).toEqual([{ pointer: '', after: aRecord() }]);
  });
});
