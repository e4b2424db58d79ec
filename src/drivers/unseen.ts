/** Which lists of drivers show a driver under none of the names that are recorded of it. Pure. */
import type { components } from '../contract/types.gen.ts';

type Driver = Pick<components['schemas']['DriverFacts'], 'platform' | 'kind' | 'identity'>;
type List = keyof Driver['identity'];

/** What people hand in most often, and the names that it shows: one of them is enough. */
const shownBy: Readonly<Record<Driver['platform'], Readonly<Record<string, readonly List[]>>>> = {
  windows: {
    'driverquery /v /fo csv': ['fileNames', 'originalFileNames', 'serviceNames', 'paths'],
    'pnputil /enum-drivers': ['originalInfs'],
  },
  linux: { lsmod: ['moduleNames'] },
  macos: { 'systemextensionsctl list': ['bundleIds'] },
};

/** A sentence for each list of drivers that does not show some of them, with the field that would help. */
export function unseen(drivers: readonly Driver[]): string[] {
  return Object.values(shownBy).flatMap((lists) =>
    Object.entries(lists).flatMap(([command, names]) => {
      const hidden = drivers.filter(
        ({ platform, kind, identity }) =>
          shownBy[platform] === lists &&
          kind !== 'user_mode' &&
          names.every((name) => (identity[name] ?? []).length === 0),
      );
      if (hidden.length === 0) return [];
      const who = drivers.length === 1 ? 'It' : `${hidden.length} of ${drivers.length}`;
      return [`${who} cannot be found in what '${command}' prints, without ${names[0]}.`];
    }),
  );
}
