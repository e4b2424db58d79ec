/** Builds what holds say of machines, and two drivers. */
import type {
  ConditionsFact,
  HarmFact,
  HoldMatchFact,
  MachinesFact,
} from '../../src/gate/index.ts';

type Driver = HarmFact['drivers'][number];

export const bus: Driver = { driver: 'bus', versions: 'vers:intdot/>=2|<3', versionOf: 'file' };
export const net: Driver = { driver: 'net', versions: null, versionOf: 'file' };
export const term = (given: Partial<MachinesFact>): MachinesFact => ({
  driver: null,
  versions: null,
  versionOf: 'file',
  conditions: null,
  ...given,
});
export const match = (given: Partial<HoldMatchFact>): HoldMatchFact => ({
  allOf: [],
  anyOf: [],
  noneOf: [],
  ...given,
});
export const anyOf = (...terms: Partial<MachinesFact>[]) => match({ anyOf: terms.map(term) });
export const allOf = (...terms: Partial<MachinesFact>[]) => match({ allOf: terms.map(term) });

/** Every version, under these conditions, beside these drivers. */
export const harm = (
  drivers: HarmFact['drivers'],
  ...conditions: (ConditionsFact | null)[]
): HarmFact => ({
  state: 'recorded',
  affected: (conditions.length === 0 ? [null] : conditions).map((each) => ({
    versions: 'vers:intdot/*',
    conditions: each,
  })),
  drivers,
});
