/** Real records that must pass as they stand, where the examples are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultsAgainst } from '../../src/contract/named-schema.ts';
import { consistencyFaults } from '../../src/incidents/consistency.ts';
import { readinessFaults } from '../../src/incidents/readiness.ts';
import { completeRecord, type IncidentInput } from '../../src/incidents/record.ts';
import { referenceFaults } from '../../src/incidents/references.ts';

const examples = new URL('../../../shared/examples/', import.meta.url);

function json(path: string) {
  return JSON.parse(readFileSync(new URL(path, examples), 'utf8'));
}

describe.skipIf(!existsSync(examples))('the examples, where they are at hand', () => {
  test.each([
    [
      'channel-file-291',
      { 'falcon-content-windows': 'product', 'falcon-sensor-windows': 'sensor-product' },
      {},
    ],
    ['intel-sst-24h2', { 'windows-11': 'product' }, { 'intel-sst-audio-bus': 'driver' }],
  ])('the incident of %s is consistent and ready for review', (folder, products, drivers) => {
    const input: IncidentInput = json(`${folder}/incident.json`);
    expect(faultsAgainst('IncidentInput', input)).toEqual([]);
    const record = completeRecord(input);
    const checks = new URL(`${folder}/checks/`, examples);
    const named = (files: object) =>
      new Map(Object.entries(files).map(([key, file]) => [key, json(`${folder}/${file}.json`)]));
    const referents = {
      products: named(products),
      checks: new Set(
        existsSync(checks) ? readdirSync(checks).map((file) => file.replace('.json', '')) : [],
      ),
      drivers: named(drivers),
    };
    expect([
      ...consistencyFaults(record),
      ...referenceFaults(record, referents),
      ...readinessFaults(record),
    ]).toEqual([]);
    expect(record).toMatchObject(input);
  });
});
