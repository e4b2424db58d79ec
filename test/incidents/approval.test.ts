import { expect, test } from 'vitest';
import { refuseApproval } from '../../src/incidents/approval.ts';

const incident = { key: 'HF-2024-0001', editors: ['ann', 'ben', 'cleo'] };

test('whoever did not edit it since the last approval may approve it', () => {
  expect(refuseApproval(incident, 'dora')).toBeNull();
  expect(refuseApproval({ ...incident, editors: [] }, 'ann')).toBeNull();
});

test.each(['Ann', ' ann ', 'ANN', 'ａｎｎ'])('%j is ann, however the name is spelled', (name) => {
  expect(refuseApproval({ ...incident, editors: ['ann'] }, name)).toContain('edited by ann since');
  expect(refuseApproval({ ...incident, editors: [name] }, 'ann')).not.toBeNull();
});

test('whoever edited it is told who did, and how to get there when alone', () => {
  for (const name of incident.editors) {
    const refusal = refuseApproval(incident, name);
    expect(refusal).toContain('HF-2024-0001 was edited by ann, ben and cleo');
    expect(refusal).toContain('holdfast token create --role approver --name');
  }
  expect(refuseApproval({ ...incident, editors: ['ann'] }, 'ann')).toContain('edited by ann since');
});
