import { describe, expect, test } from 'vitest';
import { bindingsOf } from '../../src/incidents/bindings.ts';
import { aRecord } from './a-record.ts';

const affects = (versions: string | null, product = 'sensor') => ({
  product,
  versions,
  ...(versions === null && { noVersionsBecause: 'Hosted.' }),
});

const part = (driver: string, versions: string | null) => ({
  driver,
  versions,
  versionOf: 'file' as const,
  role: 'trigger' as const,
});

describe('what binds of a record', () => {
  test('is every range of a product once, every check, and every range of a driver once', () => {
    const record = aRecord({
      affected: [
        affects('vers:intdot/7'),
        { ...affects('vers:intdot/7'), conditions: { platforms: ['windows'] } },
        affects('vers:intdot/7', 'content'),
        affects(null),
      ],
      checks: [{ check: 'boot', why: 'Boots.', visibility: 'internal' }],
      drivers: [part('audio', null), part('audio', 'vers:intdot/7'), part('audio', null)],
    });
    expect(bindingsOf(record, null)).toEqual({
      ranges: [
        { product: 'sensor', versions: 'vers:intdot/7' },
        { product: 'content', versions: 'vers:intdot/7' },
      ],
      links: [{ check: 'boot', why: 'Boots.' }],
      drivers: [
        { driver: 'audio', versions: null, versionOf: 'file' },
        { driver: 'audio', versions: 'vers:intdot/7', versionOf: 'file' },
      ],
    });
  });

  test('is, while customers read another one, that of both, with the reason that was agreed to', () => {
    const published = aRecord({
      affected: [affects('vers:intdot/<9')],
      checks: [
        { check: 'boot', why: 'Boots.' },
        { check: 'count', why: 'Counts.' },
      ],
      drivers: [part('audio', 'vers:intdot/7')],
    });
    const draft = aRecord({
      affected: [affects('vers:intdot/7')],
      checks: [
        { check: 'match', why: 'Matches.' },
        { check: 'boot', why: 'Whatever.' },
      ],
    });
    expect(bindingsOf(draft, published)).toEqual({
      ranges: [
        { product: 'sensor', versions: 'vers:intdot/<9' },
        { product: 'sensor', versions: 'vers:intdot/7' },
      ],
      links: [
        { check: 'boot', why: 'Boots.' },
        { check: 'count', why: 'Counts.' },
        { check: 'match', why: 'Matches.' },
      ],
      drivers: [{ driver: 'audio', versions: 'vers:intdot/7', versionOf: 'file' }],
    });
  });
});
