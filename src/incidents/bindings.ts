/** What of an incident binds the gate. Pure. */
import type { IncidentRecord, InvolvedDriver } from './record.ts';

export interface Bindings {
  /** The affected versions, each range of a product once. */
  ranges: { product: string; versions: string }[];
  /** The checks that it names, each once. */
  links: { check: string; why: string }[];
  /** The drivers that it names, each range of one once; a null range: every version. */
  drivers: Pick<InvolvedDriver, 'driver' | 'versions' | 'versionOf'>[];
}

/**
 * What binds while `record` is the working copy and customers read `published`; null where they read nothing, or the
 * working copy itself. Nobody loosens alone what was agreed to, so both bind; where both name a check, the reason that
 * was agreed to stands.
 */
export function bindingsOf(record: IncidentRecord, published: IncidentRecord | null): Bindings {
  const records = published === null ? [record] : [published, record];
  return {
    ranges: eachOnce(
      records.flatMap(rangesOf),
      ({ product, versions }) => `${product} ${versions}`,
    ),
    links: eachOnce(records.flatMap(linksOf), ({ check }) => check),
    drivers: eachOnce(
      records.flatMap(driversOf),
      ({ driver, versions, versionOf }) => `${driver} ${versionOf} ${versions}`,
    ),
  };
}

/** One range may be affected under several conditions. */
function rangesOf({ affected }: IncidentRecord): Bindings['ranges'] {
  return affected.flatMap(({ product, versions }) =>
    versions === null ? [] : [{ product, versions }],
  );
}

function linksOf({ checks }: IncidentRecord): Bindings['links'] {
  return checks.map(({ check, why }) => ({ check, why }));
}

function driversOf({ drivers }: IncidentRecord): Bindings['drivers'] {
  return drivers.map(({ driver, versions, versionOf }) => ({ driver, versions, versionOf }));
}

/** Of several with one name the first. */
function eachOnce<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    if (!first.has(nameOf(item))) first.set(nameOf(item), item);
  }
  return [...first.values()];
}
