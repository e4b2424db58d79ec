/** Records for tests: each test says only what it is about. */
import {
  completeRecord,
  type IncidentInput,
  type IncidentRecord,
} from '../../src/incidents/record.ts';

export function aRecord(said: Partial<IncidentInput> = {}): IncidentRecord {
  return completeRecord({ title: 'Hosts stop at start', severity: 'sev2', ...said });
}

/** A final one that lacks nothing. */
export function aFinalRecord(said: Partial<IncidentInput> = {}): IncidentRecord {
  return aRecord({
    stage: 'final',
    summary: 'Hosts that took the update stop at start.',
    whatToDo: 'Start into safe mode and delete the file.',
    affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
    causes: [
      {
        id: 'count',
        class: 'root',
        confidence: 'confirmed',
        statement: 'One field more than inputs.',
        escape: ['unrepresentative_input'],
      },
    ],
    actions: [
      {
        id: 'compare',
        kind: 'prevent',
        title: 'Compare the counts when content is compiled',
        causes: ['count'],
        status: 'ongoing',
        owner: 'content',
      },
    ],
    ...said,
  });
}
