/**
 * What an item of an inventory is found to be, beside a driver's part in an incident. The first row that fits:
 *
 * | recognised by | its version                | its signer      | found                                      |
 * | ------------- | -------------------------- | --------------- | ------------------------------------------ |
 * | hash          | any, or not said           | any             | `affected`                                 |
 * | name          | outside the range          | any             | `not_affected`                             |
 * | name          | not said, or no version    | any             | `cannot_tell`: asks for the version        |
 * | name          | in the range               | contradicts     | `cannot_tell`: identity conflict           |
 * | name          | in the range               | agrees          | `affected`                                 |
 * | name          | in the range               | not known; maker contradicts | `cannot_tell`: identity conflict |
 * | name          | in the range               | not known       | `probably_affected`: asks for the signer   |
 *
 * Where the signer agrees, what a driver says of itself does not change the answer, and is told. What was found
 * unaffected is weighed last (`found-unaffected.ts`): it can make a finding `cannot_tell`, never better.
 *
 * A version lies in the range of every version whether it is said or not. Where a hash of the item is recorded for
 * another driver, the item is that one: what its name alone leads to counts only where it is `affected` or
 * `probably_affected`, and then as an identity conflict. A hash that is recorded nowhere says nothing: no list of
 * hashes is complete.
 */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { type ItemVersions, placeIn, type VersionField, versionWords } from './driver-version.ts';
import type { Basis, Missing } from './evaluation.ts';
import { withEvidence } from './found-unaffected.ts';
import { itemMissing } from './item-missing.ts';
import type { Machine } from './machine.ts';
import type { HashSort, Recognition, RecognitionByHash, RecognitionByName } from './recognise.ts';
import type { Involvement, RecordedDriver } from './recorded.ts';
import { quoted } from './sentence.ts';
import type { AffectedVerdict } from './verdict.ts';
import { signsForEveryMaker, type VoucherField } from './vouchers.ts';

export interface Finding {
  readonly item: InventoryItem;
  readonly involvement: Involvement;
  readonly verdict: AffectedVerdict;
  readonly basis: Basis;
  /** Where its version lies in the range, whatever the verdict rests on. */
  readonly place: ItemPlace['kind'];
  readonly clauses: readonly string[];
  readonly missing: readonly Missing[];
}

/** An item with its versions, read where they are asked for. */
export interface ReadItem {
  readonly item: InventoryItem;
  readonly versions: ItemVersions;
}

/** One for each part that the recognised driver has in the product's incidents, as far as the item says enough. */
export function findings(
  recognition: Recognition,
  read: ReadItem,
  machine: Pick<Machine, 'product' | 'version'>,
): readonly Finding[] {
  const parts = recognition.driver.involvements.get(machine.product) ?? [];
  if (recognition.by !== 'name') {
    const found = findingsByHash(recognition, read, parts);
    return found.map((each) => withEvidence(each, read, machine));
  }
  return parts.flatMap((involvement) => {
    // Told by a hash alone.
    if (involvement.onMatch) return [];
    const found = findingByName(recognition, read, involvement);
    if (recognition.hashSays !== null) return conflictOfHash(found, recognition.hashSays);
    // Where somebody else signed it or made it, what was tried was another driver.
    return recognition.vouching.against === null ? [withEvidence(found, read, machine)] : [found];
  });
}

function findingsByHash(
  { by, driver }: RecognitionByHash,
  read: ReadItem,
  parts: readonly Involvement[],
): Finding[] {
  const equal = `its ${hashWords[by]} is one recorded for ${driver.name}`;
  return parts.map((involvement) => {
    const place = placeOf(involvement, read);
    // The file is known, and its version is what somebody wrote.
    const clause = place.kind === 'outside' ? `${equal}, although ${place.clause}` : equal;
    return {
      item: read.item,
      involvement,
      verdict: 'affected',
      basis: by,
      place: place.kind,
      clauses: [clause],
      missing: [],
    };
  });
}

function findingByName(
  { vouching }: RecognitionByName,
  read: ReadItem,
  involvement: Involvement,
): Finding {
  const { item } = read;
  const { driver } = involvement;
  const place = placeOf(involvement, read);
  const found = (
    verdict: AffectedVerdict,
    basis: Basis,
    clause: string,
    missing: readonly Missing[] = [],
  ): Finding => ({
    item,
    involvement,
    verdict,
    basis,
    place: place.kind,
    clauses: [clause],
    missing,
  });

  if (place.kind === 'unknown') {
    const missing = [versionMissing(place.field, item, driver), ...vouchersMissing(item, driver)];
    return found('cannot_tell', 'name', place.clause, missing);
  }
  const signed = vouching.signature === 'agrees';
  const basis = signed ? 'name_version_signer' : 'name_version';
  if (place.kind === 'outside') return found('not_affected', basis, place.clause);
  const against = vouching.against && contradiction(vouching.against, item, driver);
  if (signed) {
    const clause = against === null ? place.clause : `${place.clause}, although ${against}`;
    return found('affected', basis, clause);
  }
  if (against !== null) {
    const clause = `${place.clause}, but ${against}`;
    return found('cannot_tell', 'identity_conflict', clause, hashesMissing(item, driver));
  }
  const clause = `${place.clause}, but ${whyUnsigned(item, driver)}`;
  return found('probably_affected', basis, clause, vouchersMissing(item, driver));
}

function conflictOfHash(found: Finding, { by, driver: other }: RecognitionByHash): Finding[] {
  if (found.verdict !== 'affected' && found.verdict !== 'probably_affected') return [];
  const { name } = found.involvement.driver;
  const clause = `by name and version it is ${name}, but its ${hashWords[by]} is one recorded for ${other.name}`;
  return [
    {
      ...found,
      verdict: 'cannot_tell',
      basis: 'identity_conflict',
      clauses: [clause],
      missing: [],
    },
  ];
}

type ItemPlace =
  | { kind: 'inside' | 'outside'; clause: string }
  | { kind: 'unknown'; clause: string; field: VersionField };

function placeOf({ driver, range, versionOf }: Involvement, { versions }: ReadItem): ItemPlace {
  if (range === null || range.unbounded) {
    return { kind: 'inside', clause: `every version of ${driver.name} is recorded` };
  }
  const version = versions(versionOf, range.scheme);
  const { field } = version;
  const place = placeIn(range, version);
  if (place !== null) return { kind: place.inside ? 'inside' : 'outside', clause: place.clause };
  const words = versionWords[field];
  const clause =
    version.kind === 'absent'
      ? `its ${words} is not said`
      : `its ${words}, “${quoted(version.written)}”, cannot be read as a version`;
  return { kind: 'unknown', clause: `it may be ${driver.name}, but ${clause}`, field };
}

function contradiction(field: VoucherField, item: InventoryItem, { name }: RecordedDriver): string {
  return `its ${voucherWords[field]}, ${quoted(item[field] ?? '')}, is none that is recorded for ${name}`;
}

function whyUnsigned({ signer = '' }: InventoryItem, { vouchers }: RecordedDriver): string {
  if (vouchers.signer.length === 0 && vouchers.teamId.length === 0) {
    return 'no signer is recorded to compare with';
  }
  return signsForEveryMaker(signer)
    ? `${quoted(signer)} signs for every maker`
    : 'it is not said who signed it';
}

function versionMissing(field: VersionField, item: InventoryItem, driver: RecordedDriver): Missing {
  return itemMissing(field, versionWords[field], item, driver.platform);
}

/** What would show who signed it, or else what would tell without. */
function vouchersMissing(item: InventoryItem, driver: RecordedDriver): Missing[] {
  const unsaid = (['signer', 'teamId'] as const).filter(
    (field) => driver.vouchers[field].length > 0 && (item[field] ?? '').trim() === '',
  );
  if (unsaid.length === 0) return hashesMissing(item, driver);
  return unsaid.map((field) => itemMissing(field, voucherWords[field], item, driver.platform));
}

function hashesMissing(item: InventoryItem, { hashed, platform }: RecordedDriver): Missing[] {
  const comparable = [
    ...(hashed.sha256 ? (['sha256'] as const) : []),
    ...(hashed.authentihash ? (['authentihashSha256'] as const) : []),
  ];
  if (comparable.some((field) => (item[field] ?? '').trim() !== '')) return [];
  return comparable.map((field) =>
    itemMissing(field, field === 'sha256' ? 'SHA-256' : 'Authentihash', item, platform),
  );
}

const hashWords: Readonly<Record<HashSort, string>> = {
  sha256: 'SHA-256',
  authentihash: 'Authentihash',
};

const voucherWords: Readonly<Record<VoucherField, string>> = {
  signer: 'signer',
  teamId: 'team id',
  provider: 'provider',
  company: 'company',
  classGuid: 'class GUID',
  architecture: 'architecture',
};
