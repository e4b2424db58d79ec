/** Rows below a line with their names: `Export-Csv`, `ConvertTo-Csv`, WMIC's and osquery's CSV. */
import { csvFields, csvRecords } from './csv-records.ts';
import type { Findings } from './findings.ts';
import { sampleOf, saysNothing } from './lines.ts';
import { formatOf, type RowSource } from './row.ts';
import { namesProperty, sourceOf, takeRow } from './row-sources.ts';
import type { TextFormat } from './text-format.ts';

/** A list's separator follows the machine's region; osquery's is a bar. */
const delimiters = [',', ';', '\t', '|'];

/** How far down the names are looked for. */
const linesAboveMax = 20;

interface Header {
  line: string;
  names: string[];
  delimiter: string;
  source: RowSource;
}

export const csvTable: TextFormat = {
  tellingLines(sample) {
    const header = headerOf(sample);
    if (header === null) return 0;
    return sample.filter((line) => columnsOf(line, header.delimiter) === header.names.length)
      .length;
  },
  read(lines, findings) {
    const header = headerOf(sampleOf(lines));
    if (header === null) throw new Error('A table was read that was not recognised as one.');
    const start = lines.indexOf(header.line);
    for (const [index, line] of lines.slice(0, start).entries()) {
      if (saysNothing(line) || isNotice(line)) continue;
      findings.unread(index + 1, index + 1, 'It stands above the names of the columns.');
    }
    let next: TableStart | null = { header, below: start + 1 };
    while (next !== null) next = readTable(lines, next, findings);
    return { format: formatOf(header.source, 'csv'), platform: header.source.platform };
  },
};

/** `below`: how many lines stand above its rows. */
interface TableStart {
  header: Header;
  below: number;
}

/** Several files put together have several tables, each with columns of its own: the next one, null where none follows. */
function readTable(
  lines: readonly string[],
  { header: { line: heading, names, delimiter, source }, below }: TableStart,
  findings: Findings,
): TableStart | null {
  for (const { fields, from, to } of csvRecords(lines, delimiter, below, names.length)) {
    if (findings.overflowed) return null;
    const line = lines[from - 1] ?? '';
    if (line === heading || isNotice(line) || saysNothing(line)) continue;
    const header = mayNameColumns(line) ? headerIn(line) : null;
    if (header !== null) return { header, below: from };
    if (fields?.length === names.length) {
      const row = new Map(names.map((name, column) => [name, rowValue(fields[column])]));
      takeRow(source, row, findings, from, to);
    } else {
      findings.unread(from, to, faultOf(fields, names.length));
    }
  }
  return null;
}

function headerOf(lines: readonly string[]): Header | null {
  for (const line of lines.slice(0, linesAboveMax)) {
    const header = headerIn(line);
    if (header !== null) return header;
  }
  return null;
}

/** Null where the line has the names of no columns. */
function headerIn(line: string): Header | null {
  for (const delimiter of delimiters) {
    const fields = csvFields(line, delimiter);
    if (fields === null || fields === 'open') continue;
    const names = fields.map((name) => name.toLowerCase());
    const source = sourceOf(names);
    if (source) return { line, names, delimiter, source };
  }
  return null;
}

/** Hardly any row of values has neither numbers nor a path, but the name of a property. */
function mayNameColumns(line: string): boolean {
  return line.length <= 2000 && !/(?:^|[^A-Za-z\d])\d|[\\:]/.test(line) && namesProperty(line);
}

/** `Export-Csv` names the type of the rows, Excel the separator. */
function isNotice(line: string): boolean {
  return /^(?:"?#TYPE |sep=)/i.test(line);
}

function columnsOf(line: string, delimiter: string): number {
  const fields = csvFields(line, delimiter);
  return Array.isArray(fields) ? fields.length : 0;
}

/** Where a value is a list, PowerShell prints the name of its type. */
function rowValue(field = ''): string {
  return /^System\.\w+\[\]$/.test(field) ? '' : field;
}

export function faultOf(fields: readonly string[] | null, columns: number): string {
  if (fields === null) return 'Its quotes do not come out even.';
  return `It has ${fields.length} values where ${columns} are expected.`;
}
