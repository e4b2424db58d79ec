/** Drivers as the LOLDrivers project lists them (loldrivers.io): as its API gives them, or as a compact extract. */
import { signsForEveryMaker } from '../matching/vouchers.ts';
import { accessUnsaid, type ImportedDriver, type Unsaid } from './driver-file.ts';

export function isLolDriver(entry: object): boolean {
  return 'KnownVulnerableSamples' in entry || 'samples' in entry;
}

/**
 * A sentence where it cannot be one of ours. The versions of its samples are left out: which of them are affected is an
 * incident's to say.
 */
export function readLolDriver(entry: object, { access }: Unsaid): ImportedDriver | string {
  const fields = new Map(Object.entries(entry));
  const key = textOf(fields.get('id') ?? fields.get('Id'))?.toLowerCase();
  const names = textsOf(fields.get('names') ?? fields.get('Tags'));
  const listed = fields.get('samples') ?? fields.get('KnownVulnerableSamples');
  const samples = Array.isArray(listed) ? listed.filter(isObject).map(sampleOf) : [];
  if (key === undefined) return 'It has no id.';
  if (access === undefined) return accessUnsaid;
  const all = (field: keyof Sample) => distinct(samples.flatMap((sample) => sample[field] ?? []));
  const fileNames = distinct([...names, ...all('fileName')]);
  const companies = all('company');
  return {
    key,
    name: fileNames[0] ?? key,
    vendor: companies[0] ?? 'Unknown',
    kind: 'kernel_driver',
    platform: 'windows',
    versionScheme: 'intdot',
    identity: {
      fileNames,
      originalFileNames: all('originalFileName'),
      companies,
      // Who signs for every maker says nothing of this one.
      signers: all('signer').filter((signer) => !signsForEveryMaker(signer)),
      architectures: all('machine'),
      sha256: all('sha256').map((hash) => hash.toLowerCase()),
      authentihashSha256: all('authentihash').map((hash) => hash.toLowerCase()),
    },
    access,
  };
}

interface Sample {
  fileName: string | undefined;
  originalFileName: string | undefined;
  company: string | undefined;
  signer: string | undefined;
  machine: string | undefined;
  sha256: string | undefined;
  authentihash: string | undefined;
}

/** The compact extract writes small letters, the API large ones, and its Authentihash by algorithm. */
function sampleOf(sample: object): Sample {
  const fields = new Map(Object.entries(sample));
  const first = (...names: string[]) =>
    names.map((name) => textOf(fields.get(name))).find((text) => text !== undefined);
  const hashes = fields.get('Authentihash');
  return {
    fileName: first('filename', 'Filename'),
    originalFileName: first('originalFilename', 'OriginalFilename'),
    company: first('company', 'Company'),
    signer: first('signer', 'Publisher'),
    machine: first('machine', 'MachineType'),
    sha256: first('sha256', 'SHA256'),
    authentihash:
      first('authentihashSha256') ??
      (isObject(hashes) ? textOf(new Map(Object.entries(hashes)).get('SHA256')) : undefined),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((item) => textOf(item) ?? []) : [];
}

/** Without white space around it; undefined where it says nothing. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
