/** Rules of the kind that operating systems hold updates by: those that speak of files and versions are said as holds. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { completeHold, termsOf } from '../../../src/drivers/holds/hold.ts';
import { prepareMatch } from '../../../src/drivers/holds/match.ts';
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import { checkRange } from '../../../src/versions/index.ts';
import {
  type FileRule,
  filesOf,
  type SafeguardRule,
  type Said,
  sayRule,
} from './safeguard-rules.ts';

const system = '%windir%\\system32\\drivers\\';
const rule = (...allOf: SafeguardRule['allOf']): SafeguardRule => ({
  safeguardId: '1',
  name: 'Harbor Audio',
  vendor: 'Harbor',
  destOsGte: 'CO21H2',
  destOsLt: 'NI22H2',
  allOf,
});
const file = (name: string, more: Record<string, string> = {}): FileRule => ({
  match: 'file',
  name,
  ...more,
});

/** Files of each sort that rules name, none of which they name. */
const others = ['sys', 'exe', 'dll'].map((ending) => ({ fileName: `another.${ending}` }));

function standing(said: Said, ...items: InventoryItem[]) {
  if (said.kind !== 'said') throw new Error(said.because);
  const { match } = completeHold({
    title: 'T',
    versions: said.versions,
    match: said.match,
    releaseWhen: { inWords: 'W' },
  });
  const drivers = Object.entries(said.drivers).map(([key, body]) => ({ key, ...body }));
  const machine = { product: 'os', version: '21H2', items, unreadableLines: 0 };
  return prepareMatch('os', match, drivers, [])(machine).holds;
}

test('a file up to a version, by the company that made it', () => {
  const said = sayRule(
    rule(
      file(`${system}HarborBus.sys`, {
        company_name: 'Harbor*',
        upto_bin_file_version: '7.2.65535.65535',
      }),
    ),
  );
  expect(said).toMatchObject({
    kind: 'said',
    versions: 'vers:lexicographic/>=21H2|<22H2',
    widenedBy: [],
    match: {
      allOf: [
        { driver: 'harborbus.sys', versions: 'vers:intdot/<=7.2.65535.65535', versionOf: 'file' },
      ],
    },
  });
  const bus = { fileName: 'harborbus.sys', company: 'Harbor Ltd' };
  expect(standing(said, { ...bus, fileVersion: '7.2.2048.0' })).toBe('yes');
  expect(standing(said, { ...bus, fileVersion: '7.3.0.0' })).toBe('no');
  expect(standing(said, { ...bus, company: 'Other', fileVersion: '7.2.0.0' })).toBe('unknown');
  expect(standing(said, ...others)).toBe('no');
});

test('alternatives beside a file, and two versions of one file', () => {
  const said = sayRule(
    rule(
      file(`${system}HarborBus.sys`, {
        bin_product_version: '7.2.2048.0',
        from_bin_file_version: '7.0.0.0',
      }),
      {
        anyOf: [
          file('%windir%\\ntoskrnl.exe', {
            from_bin_product_version: '10.0.17763.0',
            upto_bin_product_version: '10.0.17763.612',
          }),
          file('%windir%\\ntoskrnl.exe', { upto_bin_product_version: '10.0.17134.1037' }),
        ],
      },
    ),
  );
  const bus = { fileName: 'HarborBus.sys', productVersion: '7.2.2048.0', fileVersion: '7.1' };
  const kernel = (productVersion: string) => ({ fileName: 'ntoskrnl.exe', productVersion });
  expect(standing(said, bus, kernel('10.0.17763.1'))).toBe('yes');
  expect(standing(said, bus, kernel('10.0.17763.700'))).toBe('no');
  expect(standing(said, { ...bus, fileVersion: '6.9' }, kernel('10.0.17134.1'))).toBe('no');
});

test('what no driver is recorded by is left out, so that more machines are held, and named', () => {
  const said = sayRule(rule(file(`${system}a.sys`, { product_name: 'A', crc_checksum: '1' })));
  expect(said).toMatchObject({ kind: 'said', widenedBy: ['product_name', 'crc_checksum'] });
});

test.each<[string, SafeguardRule, string]>([
  ['any file of a product', rule(file('*', { product_name: 'A' })), 'only product_name'],
  ['any file at all', rule(file('*')), 'says nothing else'],
  [
    'two lists of alternatives',
    rule({ anyOf: [file('a.sys')] }, { anyOf: [file('b.sys')] }),
    'several lists of alternatives',
  ],
  [
    'an alternative of two versions',
    rule({ anyOf: [file('a.sys', { bin_file_version: '1', bin_product_version: '2' })] }),
    'two versions of one file',
  ],
])('%s cannot be said, with the reason', (_, given, because) => {
  expect(sayRule(given)).toMatchObject({
    kind: 'unsaid',
    because: expect.stringContaining(because),
  });
});

const recorded = new URL(
  '../../../../shared/data/holds/windows-safeguard-file-rules.json',
  import.meta.url,
);

describe.skipIf(!existsSync(recorded))('with recorded rules beside the project', () => {
  test('those that name a file are said as holds that hold, and of the others it is said why not', () => {
    const { holds } = JSON.parse(readFileSync(recorded, 'utf8')) as { holds: SafeguardRule[] };
    const said = holds.map((each) => ({ ...each, said: sayRule(each) }));
    expect(said.filter((each) => each.said.kind === 'said').map(({ name }) => name)).toEqual(
      said
        .filter((each) => filesOf(each).every(({ name }) => name !== '*'))
        .map(({ name }) => name),
    );
    const spoken = said.flatMap((each) => (each.said.kind === 'said' ? [each.said] : []));
    expect(spoken.length).toBeGreaterThan(0);
    for (const one of spoken) {
      expect(checkRange('lexicographic', one.versions).ok).toBe(true);
      const { match } = completeHold({
        title: 'T',
        versions: one.versions,
        match: one.match,
        releaseWhen: { inWords: 'W' },
      });
      for (const { term } of termsOf(match)) {
        if (term.versions !== null) expect(checkRange('intdot', term.versions).ok).toBe(true);
      }
      // Without its files it holds no machine.
      expect(standing(one, ...others)).toBe('no');
    }
    for (const each of said) {
      if (each.said.kind === 'unsaid') expect(each.said.because, each.name).toMatch(/^It .*\.$/);
    }
  });
});
