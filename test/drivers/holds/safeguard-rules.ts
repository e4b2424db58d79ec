/**
 * Safeguard rules of an operating system, as tools print them, said as holds: files become recorded drivers, destination
 * releases a range, nested alternatives `anyOf`. Pure. What a driver is not recorded by is left out where the hold then
 * keeps more machines and never fewer, and said; a rule that nothing is left of is not said, with the reason.
 */
import { parse } from 'node:path/win32';
import type { components } from '../../../src/contract/types.gen.ts';

type Schemas = components['schemas'];

export interface SafeguardRule {
  safeguardId: string;
  name: string;
  vendor: string;
  /** Such as `19H1` or, with the name of its line, `CO21H2`. */
  destOsGte?: string;
  /** Exclusive. */
  destOsLt?: string;
  allOf: readonly (FileRule | Alternatives)[];
}

interface Alternatives {
  anyOf: readonly FileRule[];
}

/** Every file that a rule speaks of. */
export function filesOf({ allOf }: SafeguardRule): FileRule[] {
  return allOf.flatMap((part) => (isAlternatives(part) ? part.anyOf : [part]));
}

function isAlternatives(part: FileRule | Alternatives): part is Alternatives {
  return 'anyOf' in part;
}

/** Fields of a file, all of which must agree; versions in four numbers. */
export type FileRule = { match: string; name: string } & Readonly<Record<string, string>>;

export type Said =
  | {
      kind: 'said';
      versions: string;
      match: Required<Schemas['HoldMatch']>;
      /** The drivers that the match names, by key. */
      drivers: Record<string, Schemas['DriverInput']>;
      /** Fields left out, so that more machines are held. */
      widenedBy: string[];
    }
  | { kind: 'unsaid'; because: string };

export function sayRule(rule: SafeguardRule): Said {
  const drivers: Record<string, Schemas['DriverInput']> = {};
  const widenedBy = new Set<string>();
  const termsOf = (file: FileRule): Schemas['HoldTerm'][] => {
    const driver = driverOf(file, rule.vendor);
    drivers[driver.key] = driver.body;
    for (const field of Object.keys(file)) if (!sayable.has(field)) widenedBy.add(field);
    const ranges = rangesOf(file);
    return ranges.length === 0
      ? [{ driver: driver.key }]
      : ranges.map((range) => ({ driver: driver.key, ...range }));
  };
  const match: Required<Schemas['HoldMatch']> = { allOf: [], anyOf: [], noneOf: [] };
  for (const part of rule.allOf) {
    const files = isAlternatives(part) ? part.anyOf : [part];
    const unnamed = files.find(({ name }) => name === '*');
    if (unnamed) return { kind: 'unsaid', because: whyUnnamed(unnamed) };
    if (!isAlternatives(part)) match.allOf.push(...termsOf(part));
    else if (match.anyOf.length > 0) {
      return {
        kind: 'unsaid',
        because: 'It has several lists of alternatives, and a hold has one.',
      };
    } else {
      for (const file of files) {
        const terms = termsOf(file);
        if (terms.length > 1) {
          return { kind: 'unsaid', because: 'An alternative speaks of two versions of one file.' };
        }
        match.anyOf.push(...terms);
      }
    }
  }
  return { kind: 'said', versions: destinations(rule), match, drivers, widenedBy: [...widenedBy] };
}

const sayable = new Set([
  ...['match', 'name', 'company_name', 'bin_file_version', 'bin_product_version'],
  ...['from_bin_file_version', 'upto_bin_file_version'],
  ...['from_bin_product_version', 'upto_bin_product_version'],
]);

/** Of a file that may have any name. */
function whyUnnamed(file: FileRule): string {
  const fields = Object.keys(file).filter((field) => !['match', 'name'].includes(field));
  if (fields.length === 0) return 'It names no file and says nothing else of it.';
  return `It names no file, only ${fields.join(', ')}: drivers are recognised by name or hash.`;
}

function driverOf({ name, company_name: company }: FileRule, vendor: string) {
  const { base } = parse(name);
  const key = base.toLowerCase().replace(/[^a-z0-9.]+/g, '-');
  const body: Schemas['DriverInput'] = {
    name: base,
    vendor,
    kind: 'kernel_driver',
    platform: 'windows',
    versionScheme: 'intdot',
    identity: { fileNames: [base], ...(company !== undefined && { companies: [company] }) },
    access: 'none',
  };
  return { key, body };
}

function rangesOf(file: FileRule): { versions: string; versionOf: 'file' | 'product' }[] {
  return (['file', 'product'] as const).flatMap((versionOf) => {
    const [exact, from, upto] = ['', 'from_', 'upto_'].map(
      (prefix) => file[`${prefix}bin_${versionOf}_version`],
    );
    const bounds = [exact, from && `>=${from}`, upto && `<=${upto}`].filter(Boolean);
    return bounds.length === 0 ? [] : [{ versions: `vers:intdot/${bounds.join('|')}`, versionOf }];
  });
}

/** The lines' names come before year and half, which sort as they are. */
function destinations({ destOsGte, destOsLt }: SafeguardRule): string {
  const release = (text: string) => text.slice(-4);
  const bounds = [
    destOsGte && `>=${release(destOsGte)}`,
    destOsLt && `<${release(destOsLt)}`,
  ].filter(Boolean);
  return `vers:lexicographic/${bounds.length === 0 ? '*' : bounds.join('|')}`;
}
