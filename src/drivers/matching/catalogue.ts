/** What is recorded, as far as one caller may know it. Whoever builds it leaves out what the caller may not read. */
import type { components } from '../../contract/types.gen.ts';

export type DriverIdentity = components['schemas']['DriverIdentity'];
export type Conditions = components['schemas']['Conditions'];

export interface Catalogue {
  /** Moves with everything below. */
  readonly revision: string;
  readonly drivers: readonly CatalogueDriver[];
  readonly incidents: readonly CatalogueIncident[];
}

export interface CatalogueDriver {
  readonly key: string;
  readonly name: string;
  readonly vendor: string;
  readonly platform: components['schemas']['DriverFacts']['platform'];
  readonly identity: DriverIdentity;
}

/** One that is not withdrawn. */
export interface CatalogueIncident {
  readonly key: string;
  readonly title: string;
  readonly whatToDo: string;
  readonly affected: readonly {
    readonly product: string;
    /** A range, or null: every version. */
    readonly versions: string | null;
    /** Null: always. */
    readonly conditions: Conditions | null;
  }[];
  /** Any one of them beside the product is enough; empty where none takes part. */
  readonly drivers: readonly IncidentDriver[];
  /** How others take part that this catalogue leaves out in every form. Left out: none does. */
  readonly unnamed?: readonly Unnamed[];
}

/** `on_match`: the service confirms them to a caller who hands in their hash. `internal`: nobody outside learns of them. */
export type Unnamed = Exclude<IncidentDriver['visibility'], 'public' | undefined>;

export interface IncidentDriver {
  /** The key of one of the catalogue's drivers. */
  readonly driver: string;
  /** A range, or null: every version. */
  readonly versions: string | null;
  readonly versionOf: VersionOf;
  /**
   * `on_match`: confirmed to a caller who hands in one of its hashes, named to nobody else. The other
   * two are alike here: an internal driver is in the catalogue of those alone who may read it.
   */
  readonly visibility: components['schemas']['InvolvedDriver']['visibility'];
  /** Left out: nothing was found unaffected. */
  readonly foundUnaffected?: readonly UnaffectedEvidence[];
}

/** That versions of a driver were tried, and did no harm. */
export interface UnaffectedEvidence {
  /** A range of the same sort of version, or null: any version. */
  readonly versions: string | null;
  /** What of ours it was tried with; null: every version that is affected. */
  readonly beside: { readonly product: string; readonly versions: string } | null;
  readonly statement: string;
  /** The title of what says so; null where nobody is named. */
  readonly source: string | null;
}

/** Which of a driver's versions a range speaks of. */
export type VersionOf = components['schemas']['InvolvedDriver']['versionOf'];
