/** The enumerations of the record in words for customers. The contract explains each value; this is how a page says it. */
import type { components } from '../contract/types.gen.ts';

type Schemas = components['schemas'];
type Words<Value extends string> = Readonly<Record<Value, string>>;

/** Ends a sentence that begins with the word: `Critical: machines unusable, …`. */
export const severities: Readonly<Record<Schemas['Severity'], { word: string; means: string }>> = {
  sev1: { word: 'Critical', means: 'machines unusable, data lost or protection lost' },
  sev2: { word: 'Major', means: 'a main function lost, without a reasonable workaround' },
  sev3: { word: 'Moderate', means: 'a function impaired, with a known workaround' },
  sev4: { word: 'Minor', means: 'a small fault' },
};

export const reaches: Words<Schemas['Reach']> = {
  single_customer: 'One customer',
  limited: 'Some customers, who have something in common',
  wide: 'Many customers, or all',
  unknown: 'Not known yet',
};

export const occurrences: Words<Schemas['Occurrence']> = {
  faulty_release: 'Faulty release',
  near_miss: 'Near miss',
};

export const stages: Words<Schemas['Stage']> = {
  preliminary: 'Preliminary report',
  final: 'Final report',
};

export const effects: Words<Schemas['Effect']> = {
  system_crash: 'The operating system crashed',
  boot_loop: 'Machines could not start',
  hang: 'Something stopped answering',
  performance: 'Machines were slow or ran out of resources',
  connectivity_loss: 'The network connection was lost',
  service_outage: 'A hosted service was away',
  management_lost: 'Machines could not be managed',
  data_loss: 'Data was lost or damaged',
  false_positive: 'Good software or files were treated as bad',
  protection_lost: 'Protection was off',
  unwanted_change: "Settings or files were changed against the user's will",
  incorrect_output: 'Results were wrong',
  install_failure: 'It could not be installed or updated',
  incompatibility: 'It did not work beside other software',
  feature_broken: 'A function did not work',
};

export const triggers: Words<Schemas['Trigger']> = {
  binary_push: 'A release of program files',
  content_push: 'A release of content, such as detection rules',
  configuration_push: 'A change of configuration',
  third_party_change: "Somebody else's update",
  operator_action: 'Something a person did in operation',
  automation: 'Something a machine did on its own',
  clock: 'A date or a time was reached',
  load: 'More use than before',
  user_behaviour: 'Users did something new',
  provider_change: 'A provider changed something',
  hardware: 'A machine failed or differed',
  unknown: 'Not known yet',
};

export const detectionMethods: Words<Schemas['DetectionMethod']> = {
  monitoring: 'By our monitoring',
  telemetry: 'By what installed products sent us',
  canary: 'On the machines that took the release first',
  beta_tester: 'By a tester outside',
  staff: 'By one of us, by chance',
  customer_report: 'By a customer who told us',
  third_party: 'By another vendor or a researcher',
  press: 'By the press',
  unknown: 'Not known',
};

export const manualRecoveries: Words<Schemas['Impact']['manualRecovery']> = {
  yes: 'Machines needed hands to recover; they could not be repaired from afar.',
  no: 'Machines recovered by themselves or from afar.',
  unknown: 'It is not known whether machines needed hands to recover.',
};

export const measureBases: Words<Schemas['ImpactMeasure']['basis']> = {
  measured: 'Counted',
  estimated: 'Estimated',
  unknown: 'Not known',
};

export const events: Words<Schemas['EventType']> = {
  introduced: 'Fault introduced',
  tested: 'Tested',
  released: 'Released',
  first_impact: 'First harm',
  detected: 'Noticed',
  acknowledged: 'Taken up',
  identified: 'Cause found',
  halted: 'Rollout stopped',
  mitigated: 'Harm stopped',
  fixed: 'Fix released',
  resolved: 'Resolved',
  communicated: 'Customers told',
  note: 'Note',
};

export const causeClasses: Words<Schemas['CauseClass']> = {
  root: 'Root cause',
  proximate: 'Last step before the harm',
  contributing: 'Contributing cause',
  aggravating: 'What made the harm worse',
  organizational: 'Organisational cause',
};

export const confidences: Words<Schemas['Cause']['confidence']> = {
  suspected: 'suspected',
  confirmed: 'confirmed',
};

export const escapes: Words<Schemas['EscapeCode']> = {
  test_matrix_gap: 'a configuration was not tested',
  unrepresentative_input: 'tests used input unlike the real one',
  validator_defect: 'the control itself was wrong',
  clean_set_gap: 'not all known-good files were in the set that is tested',
  date_boundary: 'nobody had tried that date',
  limit_exceeded: 'nobody had tried beyond that limit',
  packaging_unverified: 'what was packed was not what was tested',
  partial_deployment: 'parts of the change were missing somewhere',
  missing_containment: 'nothing kept it from spreading',
  stale_control: 'a control was out of date',
  signal_ignored: 'there was a warning, and it was not heeded',
  environment_drift: 'the test environment had drifted from the real one',
  third_party_unavailable: "somebody else's software could not be had for testing",
  vendor_contract: 'an agreement with another vendor was broken or missing',
  other: 'for a reason that the statement gives',
  unknown: 'not known yet',
};

/** Null where nothing can be said. */
export const phases: Readonly<Record<Schemas['Phase'], string | null>> = {
  planning: 'in planning',
  development: 'in development',
  testing: 'in testing',
  internal_rollout: 'during the rollout among ourselves',
  canary: 'on the first machines outside',
  controlled_rollout: 'by a rollout in steps',
  monitoring: 'while the rollout was watched',
  unknown: null,
};

export const actionKinds: Words<Schemas['ActionKind']> = {
  prevent: 'Keeps the fault from arising',
  detect: 'Finds it before customers do',
  mitigate: 'Keeps the harm small',
  process: 'Changes how we work',
};

export const actionStatuses: Words<Schemas['ActionStatus']> = {
  proposed: 'Proposed, not a commitment',
  accepted: 'Decided',
  ongoing: 'Under way',
  complete: 'Complete',
  delayed: 'Under way, late',
  cancelled: 'Given up',
};

export const enforcements: Words<Schemas['Enforcement']> = {
  required: 'Required',
  advisory: 'Advisory',
};

export const driverRoles: Words<Schemas['InvolvedDriver']['role']> = {
  trigger: 'Set the fault off',
  victim: 'Was harmed by the fault',
  cause: 'The fault is its own',
};

/** Sentences on a check that guards against an incident. */
export const proofs: Words<Schemas['Proof']> = {
  proven:
    'Proven: it failed on a version that had the fault, and passed on a later one that does not have it.',
  red_only:
    'Half proven: it failed on a version that had the fault. It has yet to pass on a later one that does not have it.',
  green_only:
    'Not proven: it passed on a later version, but nobody has seen it fail on one that had the fault.',
  unproven: 'Not proven yet: it has not been tried on a version that had the fault.',
};

export const versionsOf: Words<Schemas['InvolvedDriver']['versionOf']> = {
  file: "the file's version",
  product: "the product's version",
  package: "the driver package's version",
};

export const publishers: Words<Schemas['Publisher']> = {
  vendor: 'the vendor',
  regulator: 'an authority',
  press: 'the press',
  research: 'researchers',
  community: 'users among themselves',
  machine_written: 'written by a machine',
  internal: 'ourselves',
};
