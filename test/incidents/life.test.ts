import { describe, expect, test } from 'vitest';
import { roles } from '../../src/contract/caller.ts';
import { refuseRole, refuseStep } from '../../src/incidents/life.ts';
import type { IncidentStatus } from '../../src/incidents/record.ts';

const statuses: IncidentStatus[] = ['draft', 'in_review', 'approved', 'published', 'withdrawn'];
const key = 'HF-2024-0001';

function possibleFrom(status: IncidentStatus, publishedRevision: number | null) {
  return statuses.filter((to) => refuseStep({ key, status, publishedRevision }, to) === null);
}

describe('the life of a record', () => {
  test.each<[IncidentStatus, IncidentStatus[]]>([
    ['draft', ['in_review']],
    ['in_review', ['draft', 'approved']],
    ['approved', ['draft', 'published']],
  ])('never published, it goes from %s to %j', (status, possible) => {
    expect(possibleFrom(status, null)).toEqual(possible);
  });

  test.each<[IncidentStatus, IncidentStatus[]]>([
    ['draft', ['in_review', 'withdrawn']],
    ['in_review', ['draft', 'approved', 'withdrawn']],
    ['approved', ['draft', 'published', 'withdrawn']],
    ['published', ['withdrawn']],
    ['withdrawn', []],
  ])('published once, it goes from %s to %j', (status, possible) => {
    expect(possibleFrom(status, 4)).toEqual(possible);
  });

  test('a refusal says where it stands and where it can go', () => {
    const refusal = (
      status: IncidentStatus,
      to: IncidentStatus,
      publishedRevision: number | null,
    ) => refuseStep({ key, status, publishedRevision }, to);
    expect(refusal('draft', 'published', null)).toBe(
      'HF-2024-0001 is a draft. From here it can go to: in_review.',
    );
    expect(refusal('in_review', 'in_review', null)).toBe(
      'HF-2024-0001 is in review already. From here it can go to: approved, draft.',
    );
    expect(refusal('draft', 'withdrawn', null)).toMatch(
      /never published.*take out what it affects/,
    );
    expect(refusal('withdrawn', 'published', 4)).toMatch(/which is the end\. Log another incident/);
  });

  test.each<[IncidentStatus, string[]]>([
    ['draft', ['engineer', 'approver', 'admin']],
    ['in_review', ['engineer', 'admin']],
    ['approved', ['approver', 'admin']],
    ['published', ['engineer', 'admin']],
    ['withdrawn', ['engineer', 'admin']],
  ])('taking it to %s is for %j', (to, allowed) => {
    expect(roles.filter((role) => refuseRole(to, role) === null)).toEqual(allowed);
    expect(refuseRole(to, 'reader')).toContain(allowed.join(', '));
  });
});
