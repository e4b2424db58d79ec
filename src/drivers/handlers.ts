/** Third-party drivers over HTTP. */
import type { Handlers } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import type { Service } from '../db/service.ts';
import { writerOf } from '../db/write.ts';
import { documentAnswer, listAnswer, preconditionOf, putAnswer } from '../documents/answers.ts';
import { findDocument, listDocuments, putDocument } from '../documents/store.ts';
import { completeDriver, type DriverBody, faultsOfIdentity, showDriver } from './driver.ts';

export function driverHandlers({
  db,
  write,
}: Service): Pick<Handlers, 'listDrivers' | 'getDriver' | 'putDriver'> {
  return {
    async listDrivers({ query }) {
      return listAnswer(
        query,
        (range) => listDocuments<DriverBody>(db, 'driver', { ...range, keys: null }),
        showDriver,
      );
    },

    async getDriver({ path }) {
      const found = await findDocument<DriverBody>(db, 'driver', path.driver);
      if (found) return documentAnswer(found, showDriver);
      return problem(
        'not-found',
        `There is no driver '${path.driver}'. Put it first, or correct the key.`,
      );
    },

    async putDriver(request) {
      const key = request.path.driver;
      const body = completeDriver(request.body);
      const faults = faultsOfIdentity(body);
      return write(request, 'putDriver', async (change) => {
        const put = await putDocument(change, 'driver', {
          key,
          body,
          writtenBy: writerOf(request),
          precondition: preconditionOf(request.headers),
          judge: async () => (faults.length > 0 ? unprocessable(faults) : null),
        });
        return putAnswer(put, `/v1/drivers/${key}`, showDriver);
      });
    },
  };
}
