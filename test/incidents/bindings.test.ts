import { describe, expect, test } from 'vitest';
import { bindingsOf } from '../../src/incidents/bindings.ts';
import { aRecord } from './a-record.ts';

const affects = (versions: string | null, product = 'sensor') => ({
  product,
  versions,
  ...(versions === null && { noVersionsBecause: 'Hosted.' }),
});

describe('what binds of a record', () => {
  test('is every range of a product once, and every check', () => {
    const record = aRecord({
      affected: [
        affects('vers:intdot/7'),
        { ...affects('vers:intdot/7'), conditions: { platforms: ['windows'] } },
        affects('vers:intdot/7', 'content'),
        affects(null),
      ],
      checks: [{ check: 'boot', why: 'Boots.', visibility: 'internal' }],
    });
    expect(bindingsOf(record, null)).toEqual({
      ranges: [
        { product: 'sensor', versions: 'vers:intdot/7' },
        { product: 'content', versions: 'vers:intdot/7' },
      ],
      links: [{ check: 'boot', why: 'Boots.' }],
    });
  });

  test('is, while customers read another one, that of both, with the reason that was agreed to', () => {
    const published = aRecord({
      affected: [affects('vers:intdot/<9')],
      checks: [
        { check: 'boot', why: 'Boots.' },
        { check: 'count', why: 'Counts.' },
      ],
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
    });
  });
});
