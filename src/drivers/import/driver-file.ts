/** What is read of a file of drivers. */
import type { components } from '../../contract/types.gen.ts';

type Schemas = components['schemas'];
export type ImportedDriver = Schemas['ImportedDriver'];

/** What is taken for drivers that do not say it themselves. */
export interface Unsaid {
  access?: Schemas['DriverAccess'];
}

/** A driver, not held against the contract yet, and where it stands: `line 12`, `entry 3`. */
export interface DriverInFile {
  place: string;
  driver: ImportedDriver;
  /** What it must say and does not, as far as the faults of the file tell of it. */
  lacks?: readonly (keyof ImportedDriver)[];
}

export interface FaultInFile {
  place: string;
  /** A sentence or two: what is wrong, and what to do. */
  detail: string;
}

export type DriverFile =
  | { kind: 'read'; drivers: DriverInFile[]; faults: FaultInFile[] }
  | { kind: 'unreadable'; why: string };

/** For a driver that does not say it, where the caller does not either. */
export const accessUnsaid =
  'It is not said whether we can get it. Add access (lab, vendor_programme or none), or give --access for all that do not say.';
