/** A third-party driver: how its document is completed and shown. */
import type { components } from '../contract/types.gen.ts';
import type { StoredDocument } from '../documents/store.ts';

export type DriverInput = components['schemas']['DriverInput'];
export type Driver = components['schemas']['Driver'];

/** What is stored: every list of the identity there, so that revisions differ only in what was meant. */
export type DriverBody = DriverInput & { identity: Required<DriverInput['identity']> };

export function completeDriver(input: DriverInput): DriverBody {
  const { name, vendor, kind, platform, versionScheme, identity, access } = input;
  return {
    name,
    vendor,
    kind,
    platform,
    versionScheme,
    identity: {
      fileNames: [],
      originalFileNames: [],
      serviceNames: [],
      providers: [],
      companies: [],
      signers: [],
      originalInfs: [],
      classGuids: [],
      hardwareIds: [],
      compatibleIds: [],
      moduleNames: [],
      srcversions: [],
      bundleIds: [],
      teamIds: [],
      sha256: [],
      authentihashSha256: [],
      ...identity,
    },
    access,
  };
}

export function showDriver(document: StoredDocument<DriverBody>): Driver {
  const { key, revision, body, createdAt, updatedAt } = document;
  return { key, ...body, revision, createdAt, updatedAt };
}

/** What makes a driver impossible to recognise; empty where nothing does. */
export function faultsOfIdentity(body: DriverBody): { pointer: string; detail: string }[] {
  const { identity } = body;
  if (Object.values(identity).some((list) => list.length > 0)) return [];
  const detail =
    'It can never be recognised. Say at least one file name, hash, module name or bundle id.';
  return [{ pointer: '/identity', detail }];
}
