/**
 * `pnputil /enum-drivers` of Windows in any language, and the older `pnputil -e`.
 *
 * Labels are translated, so lines are read by the shape of their values and by their order; what
 * labels mean is learned from the packages that are whole, to read the ones that are not.
 */
import { readDatedVersion } from './driver-date.ts';
import type { Findings } from './findings.ts';
import type { InventoryItem } from './inventory-item.ts';
import { saysNothing } from './lines.ts';
import type { TextFormat } from './text-format.ts';
import { isGuid, isInf, isPublishedInf } from './value-shapes.ts';

/** What a line of a package says. `remark`: something that is not read, such as a class or an attribute. */
type Meaning = 'published' | 'original' | 'provider' | 'guid' | 'version' | 'signer' | 'remark';

interface LabelledLine {
  number: number;
  label: string;
  value: string;
}

/** A package: consecutive lines, some of which may be damaged. */
interface Package {
  lines: LabelledLine[];
  damaged: boolean;
}

export const pnputil: TextFormat = {
  tellingLines: (sample) =>
    sample.filter((line) => {
      const value = labelled(line, 0)?.value ?? '';
      return isInf(value) || datedVersion(value) !== null;
    }).length,
  read(lines, findings) {
    const packages = packagesOf(lines, findings);
    const meanings = learnLabels(packages);
    for (const one of packages) takePackage(one, meanings, findings);
    return { format: 'pnputil', platform: 'windows' };
  },
};

function packagesOf(lines: readonly string[], findings: Findings): Package[] {
  const packages: Package[] = [];
  let open: Package | undefined;
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const said = labelled(line, number);
    if (saysNothing(line)) {
      open = undefined;
    } else if (said && (open === undefined || isPublishedInf(said.value))) {
      open = { lines: [said], damaged: false };
      packages.push(open);
      if (!findings.takesAsMany(packages.length)) return [];
    } else if (said) {
      open?.lines.push(said);
    } else if (!isTitle(lines, index)) {
      if (open) open.damaged = true;
      findings.unread(number, number, 'Expected a label, a colon and a value.');
    }
  }
  return packages;
}

function labelled(line: string, number: number): LabelledLine | null {
  const colon = line.search(/[:：]/);
  const label = line.slice(0, Math.max(colon, 0)).trim();
  return isLabel.test(label) ? { number, label, value: line.slice(colon + 1).trim() } : null;
}

/** Words of any language, even where the encoding was chosen wrongly and they are signs. */
const isLabel = /^(?:[A-Za-z]|\P{ASCII})(?:[\w .'()/-]|\P{ASCII}){0,80}$/u;

/** pnputil introduces itself on the first line that says something, apart from everything else. */
function isTitle(lines: readonly string[], index: number): boolean {
  const isApart = (lines[index + 1] ?? '').trim() === '';
  return isApart && index < 20 && lines.slice(0, index).every(saysNothing);
}

function datedVersion(value: string) {
  return readDatedVersion(value, 'month_first');
}

/** A date and a version, either of which may be damaged: whether it is whole shows when it is taken. */
function isLikeDatedVersion(value: string): boolean {
  return datedVersion(value) !== null || /^\d[^\s./-]*[./-][^\s./-]+[./-]\S* +\S+$/.test(value);
}

/** What each label most often means in packages without damage. */
function learnLabels(packages: readonly Package[]): Map<string, Meaning> {
  const times = new Map<string, Map<Meaning, number>>();
  for (const one of packages) {
    if (one.damaged || !one.lines.some(({ value }) => isPublishedInf(value))) continue;
    for (const { line, meaning } of meaningsByOrder(one)) {
      const ofLabel = times.get(line.label) ?? new Map<Meaning, number>();
      times.set(line.label, ofLabel.set(meaning, (ofLabel.get(meaning) ?? 0) + 1));
    }
  }
  return new Map(
    [...times].map(([label, ofLabel]) => [
      label,
      [...ofLabel].reduce((most, next) => (next[1] > most[1] ? next : most))[0],
    ]),
  );
}

/**
 * The order is that of pnputil: the two INFs, the provider, the class, its GUID, date and version,
 * the signer.
 */
function meaningsByOrder({ lines }: Package): { line: LabelledLine; meaning: Meaning }[] {
  const seen = new Set<Meaning>();
  return lines.map((line) => {
    const meaning = meaningOf(line.value, seen);
    seen.add(meaning);
    return { line, meaning };
  });
}

function meaningOf(value: string, seen: ReadonlySet<Meaning>): Meaning {
  if (isPublishedInf(value)) return 'published';
  if (isInf(value)) return seen.has('original') ? 'remark' : 'original';
  if (isGuid(value)) return seen.has('guid') ? 'remark' : 'guid';
  if (isLikeDatedVersion(value)) return 'version';
  if (seen.has('version')) return seen.has('signer') ? 'remark' : 'signer';
  return seen.has('provider') ? 'remark' : 'provider';
}

function takePackage(one: Package, meanings: Map<string, Meaning>, findings: Findings): void {
  const fields: InventoryItem = {};
  for (const { line, meaning } of meaningsByOrder(one)) {
    const learned = meanings.get(line.label);
    // Where a line is lost, the order of those after it proves nothing.
    const meant = learned ?? (one.damaged && isText(meaning) ? 'remark' : meaning);
    if (!take(fields, meant, line.value)) {
      findings.unread(line.number, line.number, faults[meant]);
    }
  }
  const from = one.lines[0]?.number ?? 0;
  const to = one.lines.at(-1)?.number ?? from;
  findings.item(fields, from, to);
}

const isText = (meaning: Meaning): boolean => meaning === 'provider' || meaning === 'signer';

const faults: Record<Meaning, string> = {
  published: 'Expected the name of an INF, such as oem12.inf.',
  original: 'Expected the name of an INF.',
  guid: 'Expected a GUID.',
  version: 'Expected a date and a version.',
  provider: 'Expected a name.',
  signer: 'Expected a name.',
  remark: 'Expected a text.',
};

/** False where the value is not of the shape that its meaning has. */
function take(fields: InventoryItem, meaning: Meaning, value: string): boolean {
  switch (meaning) {
    case 'published':
      return isPublishedInf(value);
    case 'original':
      fields.originalInf = isInf(value) ? value : undefined;
      return isInf(value);
    case 'guid':
      fields.classGuid = isGuid(value) ? value : undefined;
      return isGuid(value);
    case 'version': {
      const dated = datedVersion(value);
      fields.date = dated?.date;
      fields.packageVersion = dated?.version;
      return dated !== null;
    }
    case 'provider':
    case 'signer':
      fields[meaning] = value;
      return true;
    case 'remark':
      return true;
  }
}
