import { describe, expect, test } from 'vitest';
import { readinessFaults } from '../../src/incidents/readiness.ts';
import type { Action, Cause, IncidentInput } from '../../src/incidents/record.ts';
import { aFinalRecord, aRecord } from './a-record.ts';

const preliminary: Partial<IncidentInput> = {
  summary: 'Hosts stop.',
  whatToDo: 'Wait.',
  affectedUnknown: true,
  nextUpdateAt: '2024-07-20T12:00:00Z',
};
const action = { id: 'a', kind: 'prevent', title: 'T', status: 'accepted', owner: 'o' } as const;
const cause: NonNullable<IncidentInput['causes']>[number] = {
  id: 'c',
  class: 'root',
  confidence: 'confirmed',
  statement: 'S.',
  escape: ['other'],
};

const pointersOf = (record: ReturnType<typeof aRecord>) =>
  readinessFaults(record).map(({ pointer }) => pointer);

describe('a preliminary report', () => {
  test('needs a summary, whom it concerns, what to do and the next update, and lists all of it', () => {
    expect(pointersOf(aRecord())).toEqual(['/summary', '/whatToDo', '/affected', '/nextUpdateAt']);
  });

  test('may say that nobody knows yet whom it concerns', () => {
    expect(pointersOf(aRecord(preliminary))).toEqual([]);
  });

  test('is not helped by blanks', () => {
    expect(pointersOf(aRecord({ ...preliminary, summary: ' \n', whatToDo: '\t' }))).toEqual([
      '/summary',
      '/whatToDo',
    ]);
  });

  test('needs no cause', () => {
    const suspected = { ...cause, confidence: 'suspected' } as const;
    expect(pointersOf(aRecord({ ...preliminary, causes: [suspected] }))).toEqual([]);
  });
});

describe('a final report', () => {
  test('needs affected versions and a confirmed cause, but no next update', () => {
    expect(pointersOf(aFinalRecord())).toEqual([]);
    expect(pointersOf(aFinalRecord({ affected: [], causes: [], actions: [] }))).toEqual([
      '/affected',
      '/causes',
    ]);
  });

  test('may not leave open whom it concerns', () => {
    expect(pointersOf(aFinalRecord({ affected: [], affectedUnknown: true }))).toEqual([
      '/affected',
    ]);
  });

  test.each<[string, Partial<Cause>]>([
    ['only suspected', { confidence: 'suspected' }],
    ['without an escape', { escape: [] }],
  ])('is not carried by a cause that is %s', (_, said) => {
    const causes = [{ ...cause, ...said }];
    const actions = [{ ...action, causes: ['c'] }];
    expect(pointersOf(aFinalRecord({ causes, actions }))).toEqual(['/causes']);
  });

  test.each<[Cause['class'], string[]]>([
    ['root', ['/causes/1']],
    ['organizational', ['/causes/1']],
    ['proximate', []],
    ['contributing', []],
    ['aggravating', []],
  ])('without an action for a %s cause lacks %j', (kind, pointers) => {
    const answered = { ...cause, id: 'x', noActionBecause: 'Answered elsewhere.' };
    const causes = [answered, { ...cause, class: kind }];
    expect(pointersOf(aFinalRecord({ causes, actions: [] }))).toEqual(pointers);
  });

  test('may say that nobody knows why controls let it out', () => {
    const causes = [{ ...cause, escape: ['unknown' as const] }];
    const actions = [{ ...action, causes: ['c'] }];
    expect(pointersOf(aFinalRecord({ causes, actions }))).toEqual([]);
  });

  test('may say why no action follows', () => {
    const causes = [{ ...cause, noActionBecause: 'The part is gone.' }];
    expect(pointersOf(aFinalRecord({ causes, actions: [] }))).toEqual([]);
  });

  test.each<[Action['status'], boolean]>([
    ['proposed', false],
    ['accepted', true],
    ['ongoing', true],
    ['complete', true],
    ['delayed', true],
    ['cancelled', false],
  ])('takes a %s action for a commitment: %s', (status, accepted) => {
    const proven = { criterion: 'C.', evidence: 'https://example.test/' };
    const actions = [{ ...action, ...proven, status, causes: ['c'] }];
    expect(pointersOf(aFinalRecord({ causes: [cause], actions }))).toEqual(
      accepted ? [] : ['/causes/0'],
    );
  });

  test('does not take an action for one that answers another cause', () => {
    const causes = [cause, { ...cause, id: 'd', noActionBecause: 'Gone.' }];
    const actions = [{ ...action, causes: ['d'] }];
    expect(pointersOf(aFinalRecord({ causes, actions }))).toEqual(['/causes/0']);
  });
});

describe('an action', () => {
  const withAction = (said: Partial<Action>) =>
    pointersOf(aRecord({ ...preliminary, actions: [{ ...action, ...said }] }));
  const complete = {
    status: 'complete',
    criterion: 'C.',
    evidence: 'https://example.test/',
  } as const;
  const document = { title: 'Rollout rules', url: null, inForceSince: '2024-08-01' };

  test('that is complete has evidence against its criterion', () => {
    expect(withAction({ status: 'complete' })).toEqual([
      '/actions/0/criterion',
      '/actions/0/evidence',
    ]);
    expect(withAction(complete)).toEqual([]);
  });

  test('on the way to completion needs neither', () => {
    expect(withAction({ status: 'ongoing' })).toEqual([]);
    expect(withAction({ status: 'delayed', kind: 'process' })).toEqual([]);
  });

  test('of process names the document that changed, once it is complete', () => {
    expect(withAction({ ...complete, kind: 'process' })).toEqual(['/actions/0/document']);
    expect(withAction({ ...complete, kind: 'process', document })).toEqual([]);
  });
});
