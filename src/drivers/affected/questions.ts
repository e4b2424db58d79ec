/** What a customer has to be asked of a machine, so that every incident of a product can be answered. Pure. */
import { parseRange } from '../../versions/index.ts';
import type { Catalogue, Conditions } from '../matching/index.ts';

export interface Questions {
  /** A version of the product as an incident names one; null where none does. */
  versionExample: string | null;
  /** Keys of our other products whose version beside this one matters. */
  companions: string[];
  platforms: string[];
  osBuild: boolean;
  architectures: string[];
  locales: string[];
  patches: string[];
  cpus: string[];
  hypervisors: string[];
  /** By name. */
  settings: string[];
  windows: { from: string; until: string }[];
}

/** Each question once, in the order of the incidents. */
export function questionsOf(
  { incidents }: Pick<Catalogue, 'incidents'>,
  product: string,
): Questions {
  const affected = incidents.flatMap((incident) =>
    incident.affected.filter((each) => each.product === product),
  );
  const conditions = affected.flatMap((each) => each.conditions ?? []);
  const windows = conditions.flatMap(({ onlineBetween }) => onlineBetween ?? []);
  return {
    versionExample: affected.flatMap(({ versions }) => versionIn(versions)).at(-1) ?? null,
    companions: listed(conditions, ({ companions }) => companions?.map((each) => each.product)),
    platforms: listed(conditions, ({ platforms }) => platforms),
    osBuild: conditions.some(({ osBuilds }) => osBuilds !== undefined),
    architectures: listed(conditions, ({ architectures }) => architectures),
    locales: listed(conditions, ({ locales }) => locales),
    patches: listed(conditions, ({ patches }) => patches),
    cpus: listed(conditions, ({ cpus }) => cpus),
    hypervisors: listed(conditions, ({ hypervisors }) => hypervisors),
    settings: listed(conditions, ({ settings }) => settings?.map(({ name }) => name)),
    windows: [...new Map(windows.map((each) => [`${each.from} ${each.until}`, each])).values()],
  };
}

/** The first that a range names, where it names any. */
function versionIn(range: string | null): string[] {
  const parsed = range === null ? null : parseRange(range);
  if (!parsed?.ok) return [];
  const { intervals, exceptions } = parsed.range;
  const named = intervals.flatMap(({ from, to }) => [from?.version.text, to?.version.text]);
  const [first = exceptions[0]?.text] = named.filter((text) => text !== undefined);
  return first === undefined ? [] : [first];
}

function listed(
  conditions: readonly Conditions[],
  of: (condition: Conditions) => readonly string[] | undefined,
): string[] {
  return [...new Set(conditions.flatMap((condition) => of(condition) ?? []))];
}
