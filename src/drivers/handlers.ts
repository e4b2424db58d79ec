/** Third-party drivers over HTTP. */
import type { Caller } from '../contract/caller.ts';
import type { Handlers } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { productsOf } from '../contract/product-scope.ts';
import { putFirst } from '../contract/put-first.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf } from '../db/write.ts';
import { documentAnswer, listAnswer, preconditionOf, putAnswer } from '../documents/answers.ts';
import { findDocument, putDocument } from '../documents/store.ts';
import { completeDriver, type DriverBody, showDriver } from './driver.ts';
import { faultsOfIdentity } from './identity-faults.ts';
import { importDrivers } from './import/import-drivers.ts';
import { findDrivers, withSurroundings } from './store.ts';

export function driverHandlers({
  db,
  write,
}: Service): Pick<Handlers, 'listDrivers' | 'getDriver' | 'putDriver' | 'importDrivers'> {
  return {
    async listDrivers({ query, caller }) {
      const reachable = productsOf(caller);
      return listAnswer(
        query,
        async (range) =>
          withSurroundings(db, await findDrivers(db, query, range, reachable), reachable),
        showDriver,
      );
    },

    async getDriver({ path, caller }) {
      const found = await findDocument<DriverBody>(db, 'driver', path.driver);
      const [driver] = found ? await withSurroundings(db, [found], productsOf(caller)) : [];
      if (driver) return documentAnswer(driver, showDriver);
      return problem('not-found', putFirst('driver', path.driver));
    },

    async putDriver(request) {
      const body = completeDriver(request.body);
      return write(request, 'putDriver', (change) => putDriver(change, request, body));
    },

    async importDrivers(request) {
      return write(request, 'importDrivers', (change) => importDrivers(change, request));
    },
  };
}

async function putDriver(
  change: Change,
  request: { path: { driver: string }; headers: { 'If-Match'?: string }; caller: Caller },
  body: DriverBody,
) {
  const key = request.path.driver;
  const faults = faultsOfIdentity(body.identity);
  const put = await putDocument(change, 'driver', {
    key,
    body,
    writtenBy: writerOf(request),
    precondition: preconditionOf(request.headers),
    judge: async () => (faults.length > 0 ? unprocessable(faults) : null),
  });
  const known = 'document' in put ? [put.document] : [];
  const [driver] = await withSurroundings(change, known, productsOf(request.caller));
  return putAnswer(put, `/v1/drivers/${key}`, (document) =>
    showDriver({ ...document, incidents: [], checks: [], ...driver }),
  );
}
