/** `driverquery /fo csv` of Windows in any language: with `/v`, with `/si`, or plain; with or without `/nh`. */
import { csvFields, csvRecords } from './csv-records.ts';
import { faultOf } from './csv-table.ts';
import type { InventoryItem } from './inventory-item.ts';
import { sampleOf, saysNothing } from './lines.ts';
import type { TextFormat } from './text-format.ts';
import { architectureOf, isInf, originalInfOf, placeOf } from './value-shapes.ts';

/** Names of columns are translated, their order is not. */
interface Columns {
  count: number;
  /** Values that stand in such a row and in no other. */
  isRow(fields: readonly string[]): boolean;
  /** Where rows of other tables look the same: what at least one of them has, and those have not. */
  tells?(fields: readonly string[]): boolean;
  driverOf(fields: readonly string[]): InventoryItem;
}

/** Sizes are grouped as the region does it; the sign between may be anything. */
const isSize = (text = ''): boolean => text === '' || /^\d(?:.*\d)?$/.test(text);
const isPath = (text = ''): boolean => text === '' || /[\\/][^\\/]+$/.test(text);
const isDate = (text = ''): boolean => text === '' || /^\d.*\d.*\d/.test(text);

// The date that driverquery prints is when the file was linked, which is not the driver's date.
const verbose: Columns = {
  count: 15,
  isRow: (fields) =>
    [9, 10, 11, 14].every((at) => isSize(fields[at])) && isPath(fields[13]) && isDate(fields[12]),
  driverOf: ([serviceName, displayName, ...rest]) => ({
    serviceName,
    displayName,
    ...placeOf(rest[11]),
    architecture: architectureOf(rest[11]),
  }),
};

const signed: Columns = {
  count: 4,
  isRow: ([, inf = '', isSigned]) => isInf(inf) || (inf !== '' && inf === isSigned),
  driverOf: ([displayName, inf, , company]) => ({
    displayName,
    originalInf: originalInfOf(inf),
    company,
  }),
};

const plain: Columns = {
  count: 4,
  isRow: ([, , , linked]) => isDate(linked),
  tells: ([, , , linked]) => linked !== '',
  driverOf: ([serviceName, displayName]) => ({ serviceName, displayName }),
};

export const driverquery: TextFormat = {
  tellingLines: (sample) => recognise(sample).telling,
  read(lines, findings) {
    const { columns, delimiter } = recognise(sampleOf(lines));
    let isFirst = true;
    for (const { fields, from, to } of csvRecords(lines, delimiter, 0, columns.count)) {
      if (findings.overflowed) break;
      if (saysNothing(lines[from - 1] ?? '')) continue;
      if (fields?.length !== columns.count) {
        findings.unread(from, to, faultOf(fields, columns.count));
      } else if (columns.isRow(fields)) {
        findings.item(columns.driverOf(fields), from, to);
      } else if (!isFirst || !fields.every(isHeading)) {
        findings.unread(from, to, 'Its values are not those of a driver.');
      }
      isFirst = false;
    }
    return { format: 'driverquery_csv', platform: 'windows' };
  },
};

const isHeading = (text: string): boolean => /^[^\d\\]+$/.test(text);

/** The reading that most lines agree with. A plain row is any four values, so it comes last. */
function recognise(sample: readonly string[]) {
  const readings = [',', ';'].flatMap((delimiter) =>
    [verbose, signed, plain].map((columns) => {
      const rows = sample
        .map((line) => csvFields(line, delimiter))
        .filter((fields) => Array.isArray(fields))
        .filter((fields) => fields.length === columns.count && columns.isRow(fields));
      const tells = rows.length * 2 >= sample.length && rows.some(columns.tells ?? (() => true));
      return { columns, delimiter, telling: tells ? rows.length : 0 };
    }),
  );
  return readings.reduce((best, reading) => (reading.telling > best.telling ? reading : best));
}
