/**
 * Drivers as rows below a line with the names of the fields. Rows of one key are one driver: their lists are joined, and
 * what it has once stands in any of them. Several values in one place are separated by `|`.
 */
import { didYouMean } from '../../contract/did-you-mean.ts';
import { csvFields, csvRecords } from '../inventories/csv-records.ts';
import { faultOf } from '../inventories/csv-table.ts';
import {
  accessUnsaid,
  type DriverFile,
  type FaultInFile,
  type ImportedDriver,
  type Unsaid,
} from './driver-file.ts';

/** What a driver has once. */
const singles = ['key', 'name', 'vendor', 'kind', 'platform', 'versionScheme', 'access'] as const;
type Single = (typeof singles)[number];

/** What it is recognised by. */
const identityLists: Readonly<Record<keyof ImportedDriver['identity'], true>> = {
  fileNames: true,
  originalFileNames: true,
  serviceNames: true,
  paths: true,
  providers: true,
  companies: true,
  signers: true,
  originalInfs: true,
  classGuids: true,
  hardwareIds: true,
  compatibleIds: true,
  moduleNames: true,
  srcversions: true,
  bundleIds: true,
  teamIds: true,
  architectures: true,
  sha256: true,
  authentihashSha256: true,
};
const lists = [
  'aliases',
  ...(Object.keys(identityLists) as (keyof typeof identityLists)[]),
] as const;
type List = (typeof lists)[number];

type Column = Single | List;

/** What is gathered of one driver. */
interface Row {
  line: number;
  singles: Map<Single, { value: string; line: number }>;
  lists: Map<List, string[]>;
  /** What each of its lines without a fault says once, and whether it says nothing else. */
  lines: { line: number; singles: Single[]; isBare: boolean }[];
}

/** A list's separator follows the machine's region. */
const delimiters = [',', ';', '\t'];

export function readCsvDrivers(text: string, unsaid: Unsaid): DriverFile {
  const lines = text.split(/\r\n|\n|\r/);
  const start = lines.findIndex((line) => line.trim() !== '' && !/^sep=/i.test(line));
  const header = headerOf(lines[start] ?? '');
  if (header === null) {
    const why =
      "Its first line names no column 'key'. Begin with the names of the columns, such as key,name,vendor,platform,access,fileNames,sha256.";
    return { kind: 'unreadable', why };
  }
  const { delimiter, columns } = header;
  const faults = [...header.faults.map((detail) => ({ place: placeOf(start + 1), detail }))];
  const rows = new Map<string, Row>();
  for (const record of csvRecords(lines, delimiter, start + 1, columns.length)) {
    const { fields, from: line } = record;
    if (fields?.every((field) => field === '')) continue;
    const details =
      fields?.length === columns.length
        ? takeRow(rows, columns, fields, line)
        : [faultOf(fields, columns.length)];
    faults.push(...details.map((detail) => ({ place: placeOf(line), detail })));
  }
  const drivers: Extract<DriverFile, { kind: 'read' }>['drivers'] = [];
  for (const [key, row] of rows) {
    faults.push(...idleLines(key, row));
    const place = placeOf(row.line);
    const lacks = lackedBy(row, unsaid);
    faults.push(...lacks.map((column) => ({ place, detail: lackOf(column) })));
    drivers.push({ place, driver: driverOf(row, unsaid), ...(lacks.length > 0 && { lacks }) });
  }
  return { kind: 'read', drivers, faults };
}

function placeOf(line: number): string {
  return `line ${line}`;
}

interface Header {
  delimiter: string;
  /** Null for one of which nothing is known. */
  columns: (Column | null)[];
  faults: string[];
}

function headerOf(line: string): Header | null {
  for (const delimiter of delimiters) {
    const names = csvFields(line, delimiter);
    if (!Array.isArray(names)) continue;
    const columns = names.map((name) => columnsByName.get(plain(name)) ?? null);
    if (!columns.includes('key')) continue;
    const faults = names.flatMap((name, index) => {
      const column = columns[index] ?? null;
      if (column === null) return [unknownColumn(name)];
      return columns.indexOf(column) === index ? [] : [`The column '${name}' stands there twice.`];
    });
    return { delimiter, columns, faults };
  }
  return null;
}

/** Also one of a list by its single name: `fileName`, `authentihash`. */
const columnsByName: ReadonlyMap<string, Column> = new Map<string, Column>([
  ...[...singles, ...lists].map((column) => [plain(column), column] as const),
  ...lists.map((column) => [plain(column).replace(/ies$/, 'y').replace(/s$/, ''), column] as const),
  ['alias', 'aliases'],
  ['authentihash', 'authentihashSha256'],
]);

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function unknownColumn(name: string): string {
  const near = didYouMean(name, [...singles, ...lists]);
  const hint = near === null ? 'Take it out.' : `Did you mean '${near}'?`;
  return `Nothing is known of a column '${name}'. ${hint}`;
}

/** What is wrong with the row, a sentence each. */
function takeRow(
  rows: Map<string, Row>,
  columns: Header['columns'],
  fields: readonly string[],
  line: number,
): string[] {
  const key = fields[columns.indexOf('key')] ?? '';
  if (key === '') return ['It has no key. Give the driver a short name for addresses.'];
  const faults: string[] = [];
  const row: Row = rows.get(key) ?? { line, singles: new Map(), lists: new Map(), lines: [] };
  rows.set(key, row);
  const said = { line, singles: [] as Single[], isBare: true };
  for (const [index, column] of columns.entries()) {
    const value = fields[index] ?? '';
    if (column === null || value === '') continue;
    if (isSingle(column)) {
      const before = row.singles.get(column);
      if (before !== undefined && before.value !== value) {
        faults.push(
          `Its ${column} is '${value}', and on line ${before.line} that of '${key}' is '${before.value}'. Write one of them in both.`,
        );
      }
      said.singles.push(column);
      row.singles.set(column, before ?? { value, line });
    } else {
      const values = value.split('|').map((part) => part.trim());
      const all = [...(row.lists.get(column) ?? []), ...values.filter((part) => part !== '')];
      row.lists.set(column, [...new Set(all)]);
      said.isBare = false;
    }
  }
  if (faults.length === 0) row.lines.push(said);
  return faults;
}

/** Probably another driver was meant, or what it is recognised by was lost. */
function idleLines(key: string, { lines }: Row): FaultInFile[] {
  return lines.flatMap((one) => {
    const fuller = lines.find(
      (other) => other !== one && one.singles.every((column) => other.singles.includes(column)),
    );
    if (!one.isBare || fuller === undefined) return [];
    const detail = `It adds nothing to what line ${fuller.line} says of '${key}'. Say what it is recognised by, correct the key, or take the row out.`;
    return [{ place: placeOf(one.line), detail }];
  });
}

function isSingle(column: Column): column is Single {
  return (singles as readonly string[]).includes(column);
}

const kinds: Readonly<Record<string, ImportedDriver['kind']>> = {
  windows: 'kernel_driver',
  linux: 'kernel_module',
  macos: 'system_extension',
};

const needed = ['name', 'vendor', 'platform', 'access'] as const;

function lackedBy({ singles }: Row, unsaid: Unsaid): (typeof needed)[number][] {
  return needed.filter((column) => {
    return !singles.has(column) && (column !== 'access' || unsaid.access === undefined);
  });
}

function lackOf(column: (typeof needed)[number]): string {
  if (column === 'access') return accessUnsaid;
  return `It has no ${column}. Write it in the column '${column}'.`;
}

/** What it lacks is left out. */
function driverOf(row: Row, unsaid: Unsaid): ImportedDriver {
  const said = (column: Single) => row.singles.get(column)?.value;
  const list = (column: List) => row.lists.get(column) ?? [];
  const { aliases, ...identity } = Object.fromEntries(
    lists.map((column) => [column, hashes.has(column) ? list(column).map(lower) : list(column)]),
  );
  // Whether a word is one of the contract's, the service says.
  return {
    key: said('key'),
    name: said('name'),
    aliases,
    vendor: said('vendor'),
    kind: said('kind') ?? kinds[said('platform') ?? ''] ?? 'kernel_driver',
    platform: said('platform'),
    versionScheme: said('versionScheme') ?? 'intdot',
    identity,
    access: said('access') ?? unsaid.access,
  } as ImportedDriver;
}

const hashes: ReadonlySet<List> = new Set(['sha256', 'authentihashSha256']);

function lower(text: string): string {
  return text.toLowerCase();
}
