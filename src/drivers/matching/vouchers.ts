/** Who stands behind a driver: what the recorded one says of its signers and makers, beside what the machine says. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { compareArchitectures } from './architecture.ts';
import type { DriverIdentity } from './catalogue.ts';
import { lowered, matchesPattern, type Pattern, readPattern } from './pattern.ts';

/** Whether two descriptions speak of one party; `silent` where either says nothing. */
export type Agreement = 'agrees' | 'silent' | 'contradicts';

/** The recorded side, read once. An empty list says nothing. */
export type Vouchers = Readonly<Record<VoucherField, readonly Pattern[]>>;

export type VoucherField = SignatureField | MakerField;
/** Who signed it, and on macOS the team that it was signed for. */
type SignatureField = 'signer' | 'teamId';
/** What a driver says of itself. */
type MakerField = 'provider' | 'company' | 'classGuid' | 'architecture';

const signatureFields = ['signer', 'teamId'] as const satisfies SignatureField[];
const makerFields = [
  'provider',
  'company',
  'classGuid',
  'architecture',
] as const satisfies MakerField[];

export const voucherFields: readonly VoucherField[] = [...signatureFields, ...makerFields];

export function vouchersOf(identity: DriverIdentity): Vouchers {
  const patterns = (texts: readonly string[] = []) => texts.map(readPattern);
  return {
    signer: patterns(identity.signers),
    teamId: patterns(identity.teamIds),
    provider: patterns(identity.providers),
    company: patterns(identity.companies),
    classGuid: patterns(identity.classGuids),
    architecture: patterns(identity.architectures),
  };
}

/** Anybody can write what a driver says of itself: it can speak against a driver, and never make up for a signer. */
export interface Vouching {
  readonly signature: Agreement;
  readonly maker: Agreement;
  /** The first field that contradicts; null where none does. */
  readonly against: VoucherField | null;
}

export function vouchingFor(vouchers: Vouchers, item: InventoryItem): Vouching {
  const answer = (field: VoucherField) => agreement(field, vouchers[field], item[field] ?? '');
  const contradicts = (field: VoucherField) => answer(field) === 'contradicts';
  return {
    signature: together(signatureFields.map(answer)),
    maker: together(makerFields.map(answer)),
    against: voucherFields.find(contradicts) ?? null,
  };
}

/** Whether anything that the item says speaks against the driver. */
export function isContradicted(vouchers: Vouchers, item: InventoryItem): boolean {
  return voucherFields.some(
    (field) => agreement(field, vouchers[field], item[field] ?? '') === 'contradicts',
  );
}

/** Whether the signer is one that Microsoft signs every tested driver with, whoever made it. */
export function signsForEveryMaker(signer: string): boolean {
  return signersForEveryMaker.has(lowered(commonName(signer)));
}

const signersForEveryMaker = new Set([
  'microsoft windows hardware compatibility publisher',
  'microsoft windows early launch anti-malware publisher',
]);

function agreement(field: VoucherField, patterns: readonly Pattern[], said: string): Agreement {
  if (patterns.length === 0 || said.trim() === '') return 'silent';
  if (field === 'architecture') return agreementOfArchitecture(patterns, said);
  if (isAmong(patterns, said)) return 'agrees';
  if (field !== 'signer') return 'contradicts';
  if (isAmong(patterns, commonName(said))) return 'agrees';
  return signsForEveryMaker(said) ? 'silent' : 'contradicts';
}

/** Systems print one architecture under several names, and some that may stand for any. */
function agreementOfArchitecture(patterns: readonly Pattern[], said: string): Agreement {
  const same = compareArchitectures(
    said,
    patterns.map((pattern) => pattern.join('*')),
  );
  if (same === null) return 'silent';
  return same ? 'agrees' : 'contradicts';
}

function isAmong(patterns: readonly Pattern[], said: string): boolean {
  const text = lowered(said);
  return patterns.some((pattern) => matchesPattern(pattern, text));
}

/** Of a certificate's subject, `CN=Intel Corporation, O=…`, the name; any other text as it is. */
function commonName(signer: string): string {
  const [, inQuotes, plain] = /(?:^|,)\s*CN=(?:"([^"]*)"|([^,]*))/i.exec(signer) ?? [];
  return inQuotes ?? plain ?? signer;
}

function together(agreements: readonly Agreement[]): Agreement {
  if (agreements.includes('contradicts')) return 'contradicts';
  return agreements.includes('agrees') ? 'agrees' : 'silent';
}
