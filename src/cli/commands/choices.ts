/** Options that take one value of an enumeration of the contract. */
import { Argument, Option } from 'commander';
import type { components } from '../../contract/types.gen.ts';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type ReleaseKind = Schemas['ReleaseKind'];
export type Severity = Schemas['Severity'];
export type IncidentStatus = Schemas['IncidentStatus'];
export type WaiverStatus = Schemas['WaiverStatus'];
export type ProposalStatus = Schemas['ProposalStatus'];
export type ActionKind = Schemas['ActionKind'];
export type ActionStatus = Schemas['ActionStatus'];
export type Gap = Schemas['Gap'];
export type WebhookDeliveryStatus = Schemas['WebhookDeliveryStatus'];
export type DriverAccess = Schemas['DriverAccess'];
export type HoldState = Schemas['HoldState'];

/** Named as keys, so that a value more or less than the contract has does not compile. */
const roles: Record<Role, true> = {
  reader: true,
  engineer: true,
  pipeline: true,
  approver: true,
  admin: true,
};
const releaseKinds: Record<ReleaseKind, true> = {
  code: true,
  content: true,
  configuration: true,
  driver: true,
  firmware: true,
  service: true,
};
const severities: Record<Severity, true> = { sev1: true, sev2: true, sev3: true, sev4: true };
const incidentStatuses: Record<IncidentStatus, true> = {
  draft: true,
  in_review: true,
  approved: true,
  published: true,
  withdrawn: true,
};
const waiverStatuses: Record<WaiverStatus, true> = {
  requested: true,
  active: true,
  expired: true,
  revoked: true,
};
const proposalStatuses: Record<ProposalStatus, true> = {
  pending: true,
  approved: true,
  rejected: true,
  outdated: true,
};
const actionKinds: Record<ActionKind, true> = {
  prevent: true,
  detect: true,
  mitigate: true,
  process: true,
};
const actionStatuses: Record<ActionStatus, true> = {
  proposed: true,
  accepted: true,
  ongoing: true,
  complete: true,
  delayed: true,
  cancelled: true,
};
const driverAccesses: Record<DriverAccess, true> = {
  lab: true,
  vendor_programme: true,
  none: true,
};
const gaps: Record<Gap, true> = {
  incidents_without_check: true,
  checks_never_run: true,
  checks_never_red: true,
  checks_always_waived: true,
  root_causes_without_enforced_action: true,
  drivers_without_guard: true,
};
const webhookDeliveryStatuses: Record<WebhookDeliveryStatus, true> = {
  waiting: true,
  delivered: true,
  failed: true,
};
const holdStates: Record<HoldState, true> = { proposed: true, active: true, released: true };

function oneOf(flags: string, does: string, values: Readonly<Record<string, true>>): Option {
  return new Option(flags, does).choices(Object.keys(values));
}

export const roleOption = () =>
  oneOf('--role <role>', 'what it may do', roles).makeOptionMandatory();
export const releaseKindOption = () =>
  oneOf('--kind <kind>', 'what kind of change the release carries', releaseKinds);
export const severityOption = () =>
  oneOf('--severity <severity>', 'only those of this severity', severities);
export const incidentStatusOption = () =>
  oneOf('--status <status>', 'only those whose record stands so', incidentStatuses);
export const waiverStatusOption = () =>
  oneOf('--status <status>', 'only those that stand so now', waiverStatuses);
export const proposalStatusOption = () =>
  oneOf('--status <status>', 'only those that stand so now', proposalStatuses);
export const actionKindOption = () =>
  oneOf('--kind <kind>', 'only those of this kind', actionKinds);
export const actionStatusOption = () =>
  oneOf('--status <status>', 'only those that stand so', actionStatuses);
export const webhookDeliveryStatusOption = () =>
  oneOf('--status <status>', 'only those that stand so now', webhookDeliveryStatuses);
export const driverAccessOption = (does: string) =>
  oneOf('--access <access>', does, driverAccesses);
export const holdStateOption = () =>
  oneOf('--state <state>', 'only those that stand so now', holdStates);
export const gapArgument = () =>
  new Argument('[gap]', 'the kind to list (else all are counted)').choices(Object.keys(gaps));
