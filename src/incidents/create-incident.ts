/** Logs an incident. */
import type { Input } from '../contract/handlers.ts';
import { etag } from '../contract/if-match.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { productsOf } from '../contract/product-scope.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import { consistencyFaults } from './consistency.ts';
import { completeRecord } from './record.ts';
import { referenceFaults, referencesOf } from './references.ts';
import { logIncident, logNumberedIncident } from './revise.ts';
import { incidentAddress, showIncident } from './show.ts';
import { findIncident, findReferents } from './store.ts';

export async function createIncident(
  db: Change,
  request: Input<'createIncident'>,
  recordPrefix: string,
) {
  const record = completeRecord(request.body);
  const referents = await findReferents(db, referencesOf(record), {
    products: productsOf(request.caller),
    read: { products: [], checks: [], drivers: [] },
  });
  const faults = [...consistencyFaults(record), ...referenceFaults(record, referents)];
  if (faults.length > 0) return unprocessable(faults);

  const draft = { record, writtenBy: writerOf(request) };
  const { key: wanted } = request.body;
  if (wanted !== undefined && !(await logIncident(db, { key: wanted, ...draft }))) {
    return problem(
      'conflict',
      `There is an incident ${wanted} already. Leave the key out to be given the next free one, or correct it.`,
    );
  }
  const key = wanted ?? (await logNumberedIncident(db, recordPrefix, draft));

  const incident = await findIncident(db, key);
  if (!incident) throw new Error(`${key} is gone.`);
  const address = incidentAddress(incident);
  const headers = { ETag: etag(incident.revision), Location: address };
  return written(
    { status: 201 as const, headers, body: showIncident(incident) },
    { subject: address, change: request.body },
  );
}
