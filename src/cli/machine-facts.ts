/** What the options say of a machine, as the contract has it. Pure. */

import { didYouMean } from '../contract/did-you-mean.ts';
import type { components } from '../contract/types.gen.ts';
import { AskedWrongly } from './exit-code.ts';

type MachineFacts = components['schemas']['MachineFacts'];

/** Said where something is not there at all. */
const none = 'none';

const plain = ['platform', 'osBuild', 'architecture', 'locale', 'cpu'] as const;
const listed = ['hypervisor', 'patch', 'online', 'companion.PRODUCT', 'setting.NAME'];

/** For `--help`. */
export const conditionsExplained = `Conditions, as --condition NAME=VALUE:
  platform=windows  osBuild=10.0.26100.1742  architecture=x64  locale=de-DE  cpu=…  hypervisor=… (or none)
  patch=KB5040442             every patch that is installed, one each (or patch=none)
  companion.PRODUCT=VERSION   another of the vendor's products beside it (or none)
  setting.NAME=VALUE          (or none, where it is not set)
  online=FROM..UNTIL          when it was online, in RFC 3339; without UNTIL it still is (or online=never)`;

/** Throws `AskedWrongly` for what is no condition. Whether the values make sense, whoever answers judges. */
export function factsOf(conditions: readonly string[]): MachineFacts {
  const facts: MachineFacts = {};
  for (const condition of conditions) {
    const [, name = '', value = ''] = /^([^=]+)=(.+)$/s.exec(condition) ?? [];
    if (name === '') {
      throw new AskedWrongly(`'${condition}' is no condition. Write --condition NAME=VALUE.`);
    }
    add(facts, name, value);
  }
  return facts;
}

function add(facts: MachineFacts, name: string, value: string): void {
  const [kind = '', ...rest] = name.split('.');
  const of = rest.join('.');
  if (kind === 'companion' && of !== '') {
    facts.companions = [...(facts.companions ?? []), { product: of, version: orNull(value) }];
  } else if (kind === 'setting' && of !== '') {
    facts.settings = [...(facts.settings ?? []), { name: of, value: orNull(value) }];
  } else if (name === 'hypervisor') {
    facts.hypervisor = orNull(value);
  } else if (name === 'patch') {
    facts.patches = value === none ? [] : [...(facts.patches ?? []), value];
  } else if (name === 'online') {
    facts.onlineBetween = value === 'never' ? [] : [...(facts.onlineBetween ?? []), period(value)];
  } else {
    const known = plain.find((each) => each === name);
    if (known === undefined) throw unknownName(name);
    if (facts[known] !== undefined) {
      throw new AskedWrongly(`--condition ${name} is given twice: it has one value.`);
    }
    facts[known] = value;
  }
}

function period(value: string): { from: string; until: string | null } {
  const [from = '', until, ...more] = value.split('..');
  if (from === '' || until === undefined || more.length > 0) {
    throw new AskedWrongly(
      `'online=${value}' is no time. Write online=2024-07-19T04:00:00Z..2024-07-19T06:00:00Z, or online=never.`,
    );
  }
  return { from, until: until === '' ? null : until };
}

function orNull(value: string): string | null {
  return value === none ? null : value;
}

function unknownName(name: string): AskedWrongly {
  const meant = didYouMean(name, [...plain, 'hypervisor', 'patch', 'online']);
  const instead =
    meant === null ? `There are ${[...plain, ...listed].join(', ')}.` : `Is ${meant} meant?`;
  return new AskedWrongly(`There is no condition '${name}'. ${instead}`);
}
