/** Matching a machine against what is recorded. Pure: no clock, no database. */
export type {
  Catalogue,
  CatalogueDriver,
  CatalogueIncident,
  Conditions,
  DriverIdentity,
  IncidentDriver,
  UnaffectedEvidence,
} from './catalogue.ts';
export { type CatalogueIndex, indexCatalogue } from './catalogue-index.ts';
export { listCommands, type System } from './commands.ts';
export { evaluateMachine } from './evaluate-machine.ts';
export {
  type Basis,
  bases,
  type DriverAnswer,
  type Evaluation,
  type IncidentAnswer,
  type Missing,
} from './evaluation.ts';
export type { Companion, Machine, Period } from './machine.ts';
export { type AffectedVerdict, affectedVerdicts } from './verdict.ts';
