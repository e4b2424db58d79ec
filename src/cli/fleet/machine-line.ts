/** A line of a fleet as a question about a machine. Pure. */
import { document } from 'holdfast:contract';
import { below } from '../../contract/document.ts';
import { readJson } from '../../contract/json-text.ts';
import { schemasOf, type Validator } from '../../contract/schemas.ts';
import type { AffectedInput } from './fleet-job.ts';

/** `machine` is what its owner calls it; null where the line does not say. */
export type MachineLine =
  | { kind: 'asked'; machine: string | null; asked: AffectedInput }
  /** A sentence. */
  | { kind: 'faulty'; machine: string | null; fault: string };

const oneMachine =
  'Write one machine a line, as {"id": "pc-1", "product": "sensor", "version": "7.11", "inventory": "…"}.';

let ofContract: Validator | undefined;

/** What is wrong with it as the service would say, a clause each; empty where nothing is. */
export function faultsOfMachine(asked: unknown): string[] {
  ofContract ??= schemasOf(document).at(below('', 'components', 'schemas', 'AffectedInput'));
  return ofContract(asked).map(({ pointer, detail }) =>
    pointer === '' ? detail : `${pointer} ${detail}`,
  );
}

/**
 * A line has what `evaluateAffected` takes, and an `id` of the owner's. A snapshot of osquery's log is taken too: its
 * rows are the inventory. `said` is what the line itself does not say.
 */
export function readMachineLine(text: string, said: Partial<AffectedInput>): MachineLine {
  const reading = readJson(text);
  if (reading.kind === 'fault') {
    // It is one line, whose number stands beside the answer.
    const detail = reading.fault.detail.replace(/^line 1, /, '');
    return faulty(null, `It is not JSON as it is read here: ${detail}. ${oneMachine}`);
  }
  const { value } = reading;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return faulty(null, `It is not an object. ${oneMachine}`);
  }
  const { machine, ...facts } = isSnapshot(value) ? ofSnapshot(value) : ofOwner(value);
  const asked = { ...said, ...facts };
  const faults = faultsOfMachine(asked);
  if (faults.length > 0) {
    const shown = faults.slice(0, 3).join('; ');
    const more = faults.length > 3 ? `; and ${faults.length - 3} more` : '';
    const end = more === '' && shown.endsWith('?') ? '' : '.';
    return faulty(machine, `${shown}${more}${end}`);
  }
  return { kind: 'asked', machine, asked: asked as AffectedInput };
}

interface Named {
  machine: string | null;
  [fact: string]: unknown;
}

function ofOwner({ id, ...facts }: { id?: unknown }): Named {
  // Not dropped where it is neither: the contract has no such field, and says so.
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') {
    return { machine: null, id, ...facts };
  }
  return { machine: id === undefined ? null : String(id), ...facts };
}

/** https://osquery.readthedocs.io/en/stable/deployment/logging/#snapshot-logs */
interface Snapshot {
  snapshot: unknown[];
  hostIdentifier?: unknown;
}

function isSnapshot(value: object): value is Snapshot {
  return 'snapshot' in value && Array.isArray(value.snapshot);
}

function ofSnapshot({ snapshot, hostIdentifier }: Snapshot): Named {
  return {
    machine: typeof hostIdentifier === 'string' ? hostIdentifier : null,
    inventory: JSON.stringify(snapshot),
  };
}

function faulty(machine: string | null, fault: string): MachineLine {
  return { kind: 'faulty', machine, fault };
}
