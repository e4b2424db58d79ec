import { describe, expect, test } from 'vitest';
import { faultsAgainst } from '../../src/contract/named-schema.ts';
import { completeRecord } from '../../src/incidents/record.ts';
import { aFinalRecord, aRecord } from './a-record.ts';

describe('completing a record', () => {
  test('what is not said is unknown, internal or empty', () => {
    expect(completeRecord({ title: 'T', severity: 'sev1' })).toEqual({
      title: 'T',
      occurrence: 'faulty_release',
      stage: 'preliminary',
      severity: 'sev1',
      reach: 'unknown',
      affected: [],
      affectedUnknown: false,
      effects: [],
      trigger: 'unknown',
      detection: { method: 'unknown', note: null },
      impact: { measures: [], manualRecovery: 'unknown' },
      summary: '',
      whatToDo: '',
      internalNotes: '',
      nextUpdateAt: null,
      timeline: [],
      causes: [],
      drivers: [],
      actions: [],
      checks: [],
      sources: [],
      claims: [],
      externalIds: [],
    });
  });

  test('parts are filled in too: everything is internal, but links to checks are public', () => {
    const record = aRecord({
      affected: [{ product: 'p', versions: 'vers:intdot/1' }],
      impact: {
        measures: [{ unit: 'devices', min: 1, max: null, basis: 'estimated' }],
        manualRecovery: 'no',
      },
      timeline: [{ at: '2024-07', precision: 'month', type: 'released', text: 'Out.' }],
      causes: [{ id: 'c', class: 'root', confidence: 'suspected', statement: 'S.' }],
      drivers: [{ driver: 'd', versions: null, versionOf: 'file', role: 'victim' }],
      actions: [
        {
          id: 'a',
          kind: 'process',
          title: 'T',
          status: 'accepted',
          owner: 'o',
          document: { title: 'Rollout', inForceSince: '2024-08-01' },
        },
      ],
      checks: [{ check: 'k', why: 'W.' }],
      claims: [{ about: '/title', statement: 'S.', source: 's' }],
      externalIds: [{ scheme: 'cve', id: 'CVE-2024-1' }],
    });
    expect(record).toMatchObject({
      affected: [
        {
          product: 'p',
          versions: 'vers:intdot/1',
          noVersionsBecause: null,
          fixedIn: [],
          conditions: null,
        },
      ],
      impact: { measures: [{ of: null, source: null }] },
      timeline: [{ approximate: false, visibility: 'internal', source: null }],
      causes: [
        {
          defect: null,
          qualifier: null,
          escape: [],
          escapedPhase: 'unknown',
          noActionBecause: null,
          visibility: 'internal',
        },
      ],
      drivers: [{ effect: null, resolution: null, visibility: 'internal' }],
      actions: [
        {
          causes: [],
          dueOn: null,
          criterion: null,
          evidence: null,
          checks: [],
          document: { url: null },
          visibility: 'internal',
        },
      ],
      checks: [{ visibility: 'public' }],
      claims: [{ visibility: 'internal' }],
      externalIds: [{ url: null }],
    });
  });

  test('instants are kept in UTC, days and months as they are', () => {
    const entry = { type: 'note', text: 'N.' } as const;
    const record = aRecord({
      nextUpdateAt: '2024-07-19t06:09:00.5+02:00',
      affected: [
        {
          product: 'p',
          versions: 'vers:intdot/1',
          conditions: {
            onlineBetween: { from: '2024-07-19T06:09:00+02:00', until: '2024-07-19T05:27:00Z' },
          },
        },
      ],
      timeline: [
        { ...entry, at: '2024-01-01T00:30:00+01:00', precision: 'minute' },
        { ...entry, at: '2024-01-01', precision: 'day' },
        { ...entry, at: '2024-01', precision: 'month' },
        { ...entry, at: '2024-02-30T00:00:00Z', precision: 'hour' },
      ],
    });
    expect(record.nextUpdateAt).toBe('2024-07-19T04:09:00.500000Z');
    expect(record.affected[0]?.conditions?.onlineBetween).toEqual({
      from: '2024-07-19T04:09:00Z',
      until: '2024-07-19T05:27:00Z',
    });
    expect(record.timeline.map(({ at }) => at)).toEqual([
      '2023-12-31T23:30:00Z',
      '2024-01-01',
      '2024-01',
      '2024-02-30T00:00:00Z',
    ]);
  });

  test('a whole record fits the contract, and completing it again changes nothing', () => {
    for (const record of [aRecord(), aFinalRecord()]) {
      expect(faultsAgainst('IncidentInput', record)).toEqual([]);
      expect(completeRecord(record)).toEqual(record);
    }
  });

  test('the key is no part of the record', () => {
    expect(aRecord({ key: 'HF-2024-0001' })).not.toHaveProperty('key');
  });
});
