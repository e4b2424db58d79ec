/** `report show`: what stands in the report that a customer acts on is printed. */
import { expect, test } from 'vitest';
import { describeReport } from '../../../src/cli/output/report.ts';
import type { components } from '../../../src/contract/types.gen.ts';

const report = {
  key: 'HF-2026-0001',
  url: 'https://reports.example/reports/HF-2026-0001',
  title: 'Machines stop',
  status: 'published',
  stage: 'final',
  severity: 'sev2',
  publishedAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-02T00:00:00Z',
  withdrawal: null,
  summary: 'They stop.',
  whatToDo: 'Update.',
  nextUpdateAt: '2026-02-01T12:00:00Z',
  affectedUnknown: false,
  affected: [
    {
      product: { key: 'sensor', name: 'Sensor' },
      versions: 'vers:intdot/>=7.41|<7.41.2',
      noVersionsBecause: null,
      fixedIn: ['7.41.2'],
      conditions: { platforms: ['windows'], inWords: 'while a scan runs' },
    },
  ],
  drivers: [
    {
      driver: 'camera',
      name: 'Camera',
      vendor: 'CamCo',
      foundAs: {
        fileNames: ['camcovc.sys'],
        serviceNames: ['camcovc'],
        originalInfs: [],
        moduleNames: [],
        bundleIds: [],
      },
      versions: 'vers:intdot/<4.3',
      versionOf: 'file',
      role: 'trigger',
      effect: null,
      resolution: null,
      foundUnaffected: [],
    },
  ],
  unnamed: ['on_match'],
  holds: [
    {
      hold: '3',
      state: 'active',
      product: { key: 'sensor', name: 'Sensor' },
      versions: 'vers:intdot/7.41',
      title: 'Kept from machines with the camera.',
      activatedAt: '2026-01-01T01:00:00Z',
      releasedAt: null,
      releaseWhen: 'It starts.',
    },
  ],
  timeline: [
    {
      at: '2026-01-01',
      precision: 'day',
      approximate: true,
      type: 'first_impact',
      text: 'The first call.',
      source: null,
    },
  ],
  causes: [
    {
      class: 'root',
      confidence: 'confirmed',
      statement: 'A lock was taken twice.',
      escape: [],
      escapedPhase: 'unknown',
    },
  ],
  guardedBy: [],
  corrections: [],
} as unknown as components['schemas']['Report'];

test.each([
  ['when more is said', 'Update.\nMore will be said by 2026-02-01T12:00:00Z.'],
  [
    'the versions in words',
    '- Sensor (sensor): versions from 7.41, before 7.41.2; fixed in 7.41.2',
  ],
  ['the conditions', '  Only where all of this holds:\n  - on the platform windows\n'],
  [
    'the drivers, and how they are found',
    "- Camera of CamCo, every version before 4.3 (the file's version); look for the file camcovc.sys, or the service camcovc",
  ],
  ['that others take part', '- drivers that are confirmed only to whoever'],
  ['how to check a machine', 'holdfast affected --product sensor '],
  ['the holds', '- hold 3 (active) on sensor, version 7.41: Kept from machines with the camera.'],
  ['the timeline', '- about 2026-01-01, first harm: The first call.'],
  ['the causes', '- Root cause, confirmed: A lock was taken twice.'],
])('%s', (_, text) => {
  expect(describeReport(report)).toContain(text);
});
