/** Puts many drivers in one go: all of them, or none where one is wrong. */
import type { Input } from '../../contract/handlers.ts';
import { unprocessable } from '../../contract/problems.ts';
import type { components } from '../../contract/types.gen.ts';
import { type Change, writerOf, written } from '../../db/write.ts';
import { changesBetween } from '../../documents/changes.ts';
import { putDocument } from '../../documents/store.ts';
import { completeDriver, type DriverBody } from '../driver.ts';
import { faultsOfIdentity } from '../identity-faults.ts';

type Receipt = components['schemas']['DriverImportReceipt'];
type Outcome = Receipt['drivers'][number];

interface Wanted {
  key: string;
  body: DriverBody;
}

export async function importDrivers(change: Change, request: Input<'importDrivers'>) {
  const { dryRun = false, replace = false } = request.query;
  const wanted = request.body.drivers.map(({ key, ...input }) => {
    return { key, body: completeDriver(input) };
  });
  const faults = faultsOf(wanted);
  if (faults.length > 0) return unprocessable(faults);

  const outcomes = new Map<string, Outcome>();
  // In one order for everybody, so that two imports never wait for one another.
  for (const driver of wanted.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const writtenBy = writerOf(request);
    outcomes.set(driver.key, await putOne(change, driver, { writtenBy, replace }));
  }
  const drivers = wanted.flatMap(({ key }) => outcomes.get(key) ?? []);
  const body: Receipt = { dryRun, drivers };
  const changed = drivers.filter(({ outcome }) => outcome === 'created' || outcome === 'replaced');
  const answer = { status: 200 as const, body };
  if (dryRun || changed.length === 0) return answer;
  return written(answer, { subject: '/v1/driver-imports', change: { drivers: changed } });
}

async function putOne(
  db: Change,
  { key, body }: Wanted,
  { writtenBy, replace }: { writtenBy: string; replace: boolean },
): Promise<Outcome> {
  let changes: Outcome['changes'] = [];
  const put = await putDocument<DriverBody, never>(db, 'driver', {
    key,
    body,
    writtenBy,
    precondition: (revision) => (revision === null || replace ? 'ok' : 'missing'),
    judge: async (before) => {
      changes = before === null ? [] : changesBetween(before, body);
      return null;
    },
  });
  switch (put.kind) {
    case 'created':
    case 'replaced':
    case 'unchanged':
      return { key, outcome: put.kind, changes };
    case 'exists':
      return { key, outcome: 'differs', changes };
    case 'refused':
    case 'stale':
      throw new Error(`Nothing refuses the driver ${key}, and it was ${put.kind}.`);
  }
}

function faultsOf(wanted: readonly Wanted[]): { pointer: string; detail: string }[] {
  const first = new Map<string, number>();
  return wanted.flatMap(({ key, body }, index) => {
    const at = `/drivers/${index}`;
    const faults = faultsOfIdentity(body.identity).map(({ pointer, detail }) => {
      return { pointer: `${at}${pointer}`, detail };
    });
    const same = first.get(key);
    if (same === undefined) first.set(key, index);
    else {
      const detail = `The key '${key}' is that of /drivers/${same} already. Make them one driver, or correct the key.`;
      faults.push({ pointer: `${at}/key`, detail });
    }
    return faults;
  });
}
