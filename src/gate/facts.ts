/** Everything a verdict rests on, as plain data. The gate sees nothing else: no clock, no database. */

/** An RFC 3339 instant in UTC, whole seconds or exactly six decimals: `2024-07-19T04:09:00Z`, `2024-07-19T04:09:00.000123Z`. */
export type Instant = string;

/** A VERS range in canonical form, for example `vers:intdot/>=1.2|<2.0`. */
export type VersRange = string;

/** One configuration that a check runs on: `{ os: 'windows-11' }`. Equal when the pairs are, in any order. */
export type Variant = Readonly<Record<string, string>>;

export type Severity = 'sev1' | 'sev2' | 'sev3' | 'sev4';
export type ReleaseKind = 'code' | 'content' | 'configuration' | 'driver' | 'firmware' | 'service';
export type Enforcement = 'required' | 'advisory';
export type Outcome = 'passed' | 'failed' | 'errored' | 'running' | 'skipped';
export type CheckKind =
  | 'automated'
  | 'compatibility_lab'
  | 'canary'
  | 'soak'
  | 'manual'
  | 'sign_off';

/**
 * How far it is shown that a check catches an incident: it failed on a faulty version and passed on a later one that is
 * not, only one of the two, or neither. See `proofOf`.
 */
export type Proof = 'proven' | 'red_only' | 'green_only' | 'unproven';

/** The product, as far as the gate needs it. */
export interface ProductFact {
  key: string;
  versionScheme: 'intdot' | 'semver' | 'datetime' | 'lexicographic';
  /** In their order; the last one is asked about where nothing is said. */
  rings: readonly string[];
  /** Longest life of a waiver in days, by the gravest incident risked, where stricter than the house rule. */
  waiverDaysMax: Readonly<Partial<Record<Severity, number>>>;
}

/** What a release says of itself. `null` means that it does not say; an empty list means none. */
export interface ReleaseFact {
  /** Null only in a plan, for a release that need not exist yet. */
  version: string | null;
  kind: ReleaseKind | null;
  components: readonly string[] | null;
  platforms: readonly string[] | null;
  changedPaths: readonly string[] | null;
  /** SHA-256 of every artifact listed now, lower case hex. */
  artifacts: readonly string[];
}

/** Which releases a check applies to. A facet left out matches everything. */
export interface AppliesTo {
  products?: readonly string[];
  kinds?: readonly ReleaseKind[];
  components?: readonly string[];
  rings?: readonly string[];
  platforms?: readonly string[];
  /** Globs on changed paths: `*` within a folder, `**` across folders, `?` one character. */
  paths?: readonly string[];
  versions?: VersRange;
}

/** A check as it stood at the instant compared. */
export interface CheckFact {
  key: string;
  title: string;
  kind: CheckKind;
  enforcement: Enforcement;
  appliesTo: AppliesTo;
  /** Empty: one requirement for each variant reported, or a single one while nothing is. */
  variants: readonly Variant[];
  /** What a canary or a soak needs at least; null where nothing is asked. */
  minimum: { machines: number; hours: number } | null;
  createdAt: Instant;
  /** Later than its creation, or null. */
  effectiveFrom: Instant | null;
  /** Exclusive. */
  retiredAt: Instant | null;
}

/** An incident that stands behind a check of this decision, or whose range speaks of this product. */
export interface IncidentFact {
  key: string;
  title: string;
  /** The title that everybody may read; null where nothing of it is public. */
  publicTitle: string | null;
  severity: Severity;
  withdrawn: boolean;
  /** Keys of the products that it affects, by which a reader bound to products may know of it; empty: not known yet. */
  products: readonly string[];
  /** Ranges of this product's versions that it affects; empty where it affects none of them. */
  affectedVersions: readonly VersRange[];
  /** The checks it names, with the reason, and the reason that everybody may read. */
  checks: readonly { check: string; why: string; publicWhy: string | null; proof: Proof }[];
  /** When this state of it became known. */
  knownAt: Instant;
}

/** A set of reports that are judged together. */
export interface RunFact {
  key: string;
  firstReceivedAt: Instant;
  /** How many reports were announced; null where nothing was said. */
  shards: number | null;
  /** When each report of it came. */
  receivedAt: readonly Instant[];
}

/** One outcome of one check on this release. */
export interface ResultFact {
  id: string;
  check: string;
  variant: Variant | null;
  outcome: Outcome;
  /** Why it errored or was skipped, in the reporter's words. */
  reason: string | null;
  run: string;
  /** SHA-256 of the artifact it names, or of those that the release listed when it came. */
  artifacts: readonly string[];
  evidenceUrl: string | null;
  /** Of a canary or a soak. */
  machines: number | null;
  hours: number | null;
  /** Names of cases that failed, `suite › name`; the first few where there are many. */
  failedCases: readonly string[];
  receivedAt: Instant;
}

/** A permission to ship without one requirement. */
export interface WaiverFact {
  id: string;
  check: string;
  /** Null: every variant. */
  variant: Variant | null;
  /** The versions that it stands for; null: this release alone. A range must contain this release to matter. */
  versions: VersRange | null;
  reason: string;
  requestedBy: string;
  requestedAt: Instant;
  /** Exclusive. */
  expiresAt: Instant;
  approval: {
    by: string;
    /** Inclusive. */
    at: Instant;
    /** The gravest status that it was approved over. */
    over: RequirementStatus;
  } | null;
  revokedAt: Instant | null;
}

/** An active hold: a rule that keeps versions of this product from the machines that an incident harms. */
export interface HoldFact {
  id: string;
  incident: string;
  /** The incident's. */
  severity: Severity;
  /** Keys of the products that the incident affects, by which a reader bound to products may know of it. */
  products: readonly string[];
  title: string;
  /** The title that everybody may read; null where the hold is not public. */
  publicTitle: string | null;
  versions: VersRange;
  /** When it became active. */
  activeFrom: Instant;
  overrides: readonly HoldOverrideFact[];
  /** Missing, as `harmed` is, in facts from before the two were compared: it then keeps every machine that is harmed. */
  match?: HoldMatchFact;
  /**
   * Whom its incident harms with this product: as it is recorded, and as it is published where a correction is under way,
   * since nobody agreed to that yet. Empty where no version near this one is affected.
   */
  harmed?: readonly HarmFact[];
}

/** A hold that keeps nothing yet. */
export type ProposedHoldFact = Required<
  Pick<HoldFact, 'id' | 'incident' | 'products' | 'versions' | 'match' | 'harmed'>
>;

/** A machine is kept that has all of `allOf`, any of `anyOf` where there are any, and none of `noneOf`. */
export interface HoldMatchFact {
  allOf: readonly MachinesFact[];
  anyOf: readonly MachinesFact[];
  noneOf: readonly MachinesFact[];
}

/** Machines that have a driver, are under conditions, or both. With neither, all there are. */
export interface MachinesFact extends DriverVersionsFact {
  conditions: ConditionsFact | null;
}

interface DriverVersionsFact {
  /** Its key. */
  driver: string | null;
  /** Null: every one. */
  versions: VersRange | null;
  versionOf: 'file' | 'product' | 'package';
}

/** All that are given hold; of a list, one is enough. */
export interface ConditionsFact {
  companions?: readonly { product: string; versions: VersRange }[];
  platforms?: readonly string[];
  osBuilds?: VersRange;
  architectures?: readonly string[];
  locales?: readonly string[];
  patches?: readonly string[];
  cpus?: readonly string[];
  hypervisors?: readonly string[];
  settings?: readonly { name: string; value: string }[];
  onlineBetween?: { from: Instant; until: Instant };
  inWords?: string;
}

/** What one state of an incident's record says of whom it harms: under any of the conditions, beside any of the drivers. */
export interface HarmFact {
  /** `published`: while a correction of it is under way. */
  state: 'recorded' | 'published';
  /** Entries of this product. Versions null: not said which. Conditions null: none. */
  affected: readonly { versions: VersRange | null; conditions: ConditionsFact | null }[];
  /** Empty: beside none. */
  drivers: readonly (DriverVersionsFact & { driver: string })[];
}

/** For a while, a hold does not apply to some versions or rings. */
export interface HoldOverrideFact {
  /** Null: every version of the hold. */
  versions: VersRange | null;
  /** Null: every ring. */
  rings: readonly string[] | null;
  /** Inclusive. */
  from: Instant;
  /** Exclusive. */
  expiresAt: Instant;
  /** Exclusive. */
  revokedAt: Instant | null;
}

/** How a requirement stands before any waiver. */
export type RequirementStatus =
  | 'passed'
  | 'failed'
  | 'errored'
  | 'running'
  | 'skipped'
  | 'insufficient'
  | 'missing'
  | 'other_build';

/** Everything `decide` is given, besides the instant asked about. Lists may come in any order. */
export interface Facts {
  product: ProductFact;
  release: ReleaseFact;
  ring: string;
  /** When the release entered the ring asked about; null where it has not. */
  enteredRingAt: Instant | null;
  checks: readonly CheckFact[];
  incidents: readonly IncidentFact[];
  runs: readonly RunFact[];
  results: readonly ResultFact[];
  waivers: readonly WaiverFact[];
  /** Of this product. Missing in facts that were recorded before there were holds: none. */
  holds?: readonly HoldFact[];
  /** Likewise. Missing in facts that were recorded before a known fault named them. */
  proposedHolds?: readonly ProposedHoldFact[];
}
