import { describe, expect, test } from 'vitest';
import type { IncidentInput } from '../../src/incidents/record.ts';
import { type Referents, referenceFaults, referencesOf } from '../../src/incidents/references.ts';
import { aRecord } from './a-record.ts';

const referents: Referents = {
  products: new Map([
    ['content', { versionScheme: 'intdot', platforms: ['windows', 'linux'] }],
    ['agent', { versionScheme: 'semver', platforms: [] }],
  ]),
  checks: new Set(['boot-loop']),
  drivers: new Map([['audio', { versionScheme: 'intdot' }]]),
};

const affects = (said: object): Partial<IncidentInput> => ({
  affected: [{ product: 'content', versions: 'vers:intdot/>=7|<8', ...said }],
});
const under = (conditions: NonNullable<IncidentInput['affected']>[number]['conditions']) =>
  affects({ conditions });
const beside = (said: object): Partial<IncidentInput> => ({
  drivers: [{ driver: 'audio', versions: null, versionOf: 'file', role: 'trigger', ...said }],
});
const tried = (said: object) => ({ versions: null, statement: 'It started.', ...said });
const agent = (versions: string) => ({ product: 'agent', versions });
const action = { id: 'a', kind: 'detect', title: 'T', status: 'proposed', owner: 'o' } as const;

describe('what a record refers to', () => {
  test('is every product, check and driver that it names, each once', () => {
    const record = aRecord({
      affected: [
        { product: 'content', versions: 'vers:intdot/1' },
        {
          product: 'content',
          versions: 'vers:intdot/2',
          conditions: { companions: [{ product: 'agent', versions: 'vers:semver/1.0.0' }] },
        },
      ],
      checks: [{ check: 'boot-loop', why: 'W.' }],
      actions: [{ ...action, checks: ['boot-loop', 'field-count'] }],
      ...beside({}),
    });
    expect(referencesOf(record)).toEqual({
      products: ['content', 'agent'],
      checks: ['boot-loop', 'field-count'],
      drivers: ['audio'],
    });
  });

  test.each<[string, Partial<IncidentInput>, string, string]>([
    [
      'an unknown product',
      affects({ product: 'x' }),
      '/affected/0/product',
      "There is no product 'x'. Put it first (holdfast product put x --file product.yaml), or correct the key.",
    ],
    [
      'an unknown check',
      { checks: [{ check: 'x', why: 'W.' }] },
      '/checks/0/check',
      "There is no check 'x'. Put it first (holdfast check put x --file check.yaml), or correct the key.",
    ],
    [
      'an action for an unknown check',
      { actions: [{ ...action, checks: ['boot-loop', 'x'] }] },
      '/actions/0/checks/1',
      "There is no check 'x'. Put it first (holdfast check put x --file check.yaml), or correct the key.",
    ],
    [
      'an unknown driver',
      beside({ driver: 'x' }),
      '/drivers/0/driver',
      "There is no driver 'x'. Put it first (holdfast driver put x --file driver.yaml), or correct the key.",
    ],
    [
      'a window that ends where it begins',
      under({
        onlineBetween: { from: '2024-07-19T06:00:00+02:00', until: '2024-07-19T04:00:00Z' },
      }),
      '/affected/0/conditions/onlineBetween/until',
      'The window ends no later than it begins. Correct one of the two.',
    ],
    [
      'an unknown companion',
      under({ companions: [{ product: 'x', versions: 'vers:intdot/1' }] }),
      '/affected/0/conditions/companions/0/product',
      "There is no product 'x'. Put it first (holdfast product put x --file product.yaml), or correct the key.",
    ],
    [
      'a range of another scheme',
      affects({ versions: 'vers:semver/1.0.0' }),
      '/affected/0/versions',
      'Character 6: Write the range as vers:intdot/…: the versions are intdot.',
    ],
    [
      'a range that is none',
      affects({ versions: 'vers:intdot/>=7|' }),
      '/affected/0/versions',
      'Character 16: Take this | out, or put a constraint on either side of it.',
    ],
    [
      "a companion's range of another scheme",
      under({ companions: [{ product: 'agent', versions: 'vers:intdot/1' }] }),
      '/affected/0/conditions/companions/0/versions',
      'Character 6: Write the range as vers:semver/…: the versions are semver.',
    ],
    [
      "a driver's range of another scheme",
      beside({ versions: 'vers:semver/1.0.0' }),
      '/drivers/0/versions',
      'Character 6: Write the range as vers:intdot/…: the versions are intdot.',
    ],
    [
      'what was tried, of another scheme',
      beside({ foundUnaffected: [tried({ versions: 'vers:semver/1.0.0' })] }),
      '/drivers/0/foundUnaffected/0/versions',
      'Character 6: Write the range as vers:intdot/…',
    ],
    [
      'what was tried beside versions of another scheme',
      beside({ foundUnaffected: [tried({ beside: agent('vers:intdot/1') })] }),
      '/drivers/0/foundUnaffected/0/beside/versions',
      'Character 6: Write the range as vers:semver/…',
    ],
    [
      'what was tried beside nothing that is known',
      beside({ foundUnaffected: [tried({ beside: { ...agent('vers:intdot/1'), product: 'x' } })] }),
      '/drivers/0/foundUnaffected/0/beside/product',
      "There is no product 'x'.",
    ],
    [
      'builds in no scheme at all',
      under({ osBuilds: 'vers:build/1' }),
      '/affected/0/conditions/osBuilds',
      'Character 6: Name a scheme: intdot, semver, datetime, lexicographic.',
    ],
    [
      'a platform misspelt',
      under({ platforms: ['linux', 'windwos'] }),
      '/affected/0/conditions/platforms/1',
      "The product 'content' has no platform 'windwos'. Did you mean 'windows'?",
    ],
    [
      'a platform of its own',
      under({ platforms: ['macos'] }),
      '/affected/0/conditions/platforms/0',
      "The product 'content' has no platform 'macos'. Declare it there first, or correct it.",
    ],
    [
      'a fix in no version of the scheme',
      affects({ fixedIn: ['8.0', '8.x'] }),
      '/affected/0/fixedIn/1',
      'Character 2: ',
    ],
    [
      'a fix in a version that is affected',
      affects({ fixedIn: ['8', '7.9'] }),
      '/affected/0/fixedIn/1',
      '7.9 lies in the affected versions. End their range before it, or take it out here.',
    ],
  ])('%s is refused', (_, said, pointer, detail) => {
    const faults = referenceFaults(aRecord(said), referents);
    expect(faults).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });

  test.each<[string, Partial<IncidentInput>]>([
    ['no versions', affects({ versions: null, noVersionsBecause: 'Hosted.', fixedIn: ['1'] })],
    ['every version of a driver', beside({ versions: null })],
    [
      'what was tried',
      beside({ foundUnaffected: [tried({ beside: agent('vers:semver/1.0.0') })] }),
    ],
    ['builds in any scheme', under({ osBuilds: 'vers:semver/>=1.0.0' })],
    ['declared platforms', under({ platforms: ['linux'] })],
  ])('%s is fine', (_, said) => {
    expect(referenceFaults(aRecord(said), referents)).toEqual([]);
  });

  test('every fault is listed at once', () => {
    const record = aRecord({
      ...affects({ product: 'x', versions: 'vers:intdot/' }),
      ...beside({ driver: 'y' }),
      checks: [{ check: 'z', why: 'W.' }],
    });
    expect(referenceFaults(record, referents).map(({ pointer }) => pointer)).toEqual([
      '/affected/0/product',
      '/drivers/0/driver',
      '/checks/0/check',
    ]);
  });
});
