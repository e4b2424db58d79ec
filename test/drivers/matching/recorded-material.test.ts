/** Recorded material: ../shared, of other people, asked where present. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import { ask, driver, incident, part } from './recorded.ts';

const shared = new URL('../../../../shared/', import.meta.url);
const example = new URL('examples/intel-sst-24h2/', shared);
const catalogue = new URL('data/drivers/loldrivers.json', shared);
const json = (url: URL) => JSON.parse(readFileSync(url, 'utf8'));

describe.skipIf(!existsSync(example))('with the example of a driver beside the project', () => {
  const asked = (machine: object) => {
    const key = 'intel-sst-audio-bus';
    const recorded = { key, ...json(new URL('driver.json', example)) };
    const record = { key: 'HF-2025-0001', ...json(new URL('incident.json', example)) };
    return ask([recorded], [record], {
      product: 'windows-11',
      version: '10.0.26100.1742',
      ...machine,
    });
  };

  test('every expectation is met', () => {
    for (const expected of json(new URL('expectations.json', example))) {
      const [answer] = asked({ items: [expected.driver] }).drivers;
      expect(answer?.verdict, expected.why).toBe(expected.verdict);
    }
  });

  test('the request is answered for the whole', () => {
    const { drivers, ...machine } = json(new URL('affected-request.json', example));
    expect(asked({ ...machine, items: drivers })).toMatchObject({
      verdict: 'affected',
      incidents: [{ incident: 'HF-2025-0001', verdict: 'affected' }],
      drivers: [
        {
          driver: 'intel-sst-audio-bus',
          verdict: 'affected',
          basis: 'name_version_signer',
          evidence: '10.29.0.5152 lies in 10.29.0.0 to 10.29.0.5152.',
        },
        { driver: null, verdict: 'not_listed' },
      ],
    });
  });
});

interface Sample {
  sha256?: string;
  authentihashSha256?: string;
  originalFilename?: string;
}

describe.skipIf(!existsSync(catalogue))(
  'with the catalogue of real drivers beside the project',
  () => {
    const real: { id: string; names: string[]; samples: Sample[] }[] = existsSync(catalogue)
      ? json(catalogue).drivers
      : [];
    const present = (texts: (string | undefined)[]) =>
      [...new Set(texts.filter((text) => text !== undefined && text !== ''))] as string[];
    const drivers = real.map(({ id, names, samples }) =>
      driver(id, {
        fileNames: names,
        originalFileNames: present(samples.map(({ originalFilename }) => originalFilename)),
        sha256: present(samples.map((sample) => sample.sha256)),
        authentihashSha256: present(samples.map((sample) => sample.authentihashSha256)),
      }),
    );
    const incidents = [
      incident(
        'HF-1',
        real.map(({ id }) => part(id, { versions: null })),
      ),
    ];
    const answersOf = (items: InventoryItem[]) => ask(drivers, incidents, { items }).drivers;
    const basesOf = (items: InventoryItem[]) => [
      ...new Set(answersOf(items).map(({ basis }) => basis)),
    ];

    test('every sample is found by its SHA-256 and by its Authentihash, and by neither as the other', () => {
      const samples = real.flatMap((each) => each.samples);
      const files = present(samples.map((sample) => sample.sha256));
      const signed = present(samples.map((sample) => sample.authentihashSha256));
      expect(basesOf(files.map((sha256) => ({ sha256 })))).toEqual(['sha256']);
      expect(basesOf(signed.map((authentihashSha256) => ({ authentihashSha256 })))).toEqual([
        'authentihash',
      ]);
      // The catalogue itself has a few under both.
      const once = signed.filter((hash) => !files.includes(hash));
      expect(basesOf(once.map((sha256) => ({ sha256 })))).toEqual(['none']);
    });

    test('every driver is found by each of its names, as probably affected', () => {
      const names = real.flatMap((each) => each.names);
      const answers = answersOf(names.map((fileName) => ({ fileName: fileName.toUpperCase() })));
      expect(new Set(answers.map(({ verdict }) => verdict))).toEqual(
        new Set(['probably_affected']),
      );
    });
  },
);
