/** What a reviewer should know of a record, though it holds nothing up. Pure. */
import type { components } from '../contract/types.gen.ts';
import type { IncidentRecord } from './record.ts';

type Warning = components['schemas']['IncidentWarning'];

/** In the order of the record's fields. What is left internal on purpose looks like what was forgotten, so both are said. */
export function warningsOf(record: IncidentRecord): Warning[] {
  return [...hiddenCauses(record), ...hiddenDrivers(record), ...withoutCheck(record)];
}

function hiddenCauses({ stage, causes }: IncidentRecord): Warning[] {
  if (stage !== 'final' || causes.some(({ visibility }) => visibility === 'public')) return [];
  const detail = 'No cause is public: customers will not read why it happened.';
  return [{ pointer: '/causes', detail }];
}

function hiddenDrivers({ drivers }: IncidentRecord): Warning[] {
  const hidden = drivers.filter(({ visibility }) => visibility === 'internal');
  const keys = [...new Set(hidden.map(({ driver }) => driver))];
  if (keys.length === 0) return [];
  const named = keys.length > 5 ? `${keys.slice(0, 5).join(', ')}, …` : keys.join(', ');
  const detail =
    keys.length === 1
      ? `1 driver is internal (${named}): customers will not read of it, nor be told whether their machines have it.`
      : `${keys.length} drivers are internal (${named}): customers will not read of them, nor be told whether their machines have them.`;
  return [{ pointer: '/drivers', detail }];
}

function withoutCheck({ checks }: IncidentRecord): Warning[] {
  if (checks.length > 0) return [];
  const detail =
    'No check is named: the next release may bring the fault again, and nobody is told.';
  return [{ pointer: '/checks', detail }];
}
