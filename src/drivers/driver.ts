/** A third-party driver: how its document is completed, judged and shown. */
import type { components } from '../contract/types.gen.ts';
import type { StoredDocument } from '../documents/store.ts';

export type DriverInput = components['schemas']['DriverInput'];
export type Driver = components['schemas']['Driver'];

/** What is stored: every list of the identity there, so that revisions differ only in what was meant. */
export type DriverBody = DriverInput & {
  aliases: string[];
  identity: Required<DriverInput['identity']>;
};

export function completeDriver(input: DriverInput): DriverBody {
  const { name, aliases = [], vendor, kind, platform, versionScheme, identity, access } = input;
  return {
    name,
    aliases,
    vendor,
    kind,
    platform,
    versionScheme,
    identity: {
      fileNames: [],
      originalFileNames: [],
      serviceNames: [],
      paths: [],
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
      architectures: [],
      sha256: [],
      authentihashSha256: [],
      ...identity,
    },
    access,
  };
}

/** What the caller may know of it. */
export type Surroundings = Pick<Driver, 'incidents' | 'checks'>;

export function showDriver(document: StoredDocument<DriverBody> & Surroundings): Driver {
  const { key, revision, body, incidents, checks, createdAt, updatedAt } = document;
  return { key, ...body, incidents, checks, revision, createdAt, updatedAt };
}
