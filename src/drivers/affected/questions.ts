/** What a customer has to be asked of a machine, so that every incident of a product can be answered. Pure. */
import type { Catalogue, Conditions } from '../matching/index.ts';

export interface Questions {
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
  const conditions = incidents
    .flatMap(({ affected }) => affected.filter((each) => each.product === product))
    .flatMap((each) => each.conditions ?? []);
  const windows = conditions.flatMap(({ onlineBetween }) => onlineBetween ?? []);
  return {
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

function listed(
  conditions: readonly Conditions[],
  of: (condition: Conditions) => readonly string[] | undefined,
): string[] {
  return [...new Set(conditions.flatMap((condition) => of(condition) ?? []))];
}
