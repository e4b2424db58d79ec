/**
 * CSV (RFC 4180) read so that damage stays where it is.
 *
 * A library takes everything after a lost quote for one value, and the rest of the inventory with it.
 * Here a record that does not come out right costs its first line, and every record knows its lines.
 */

export interface CsvRecord {
  /** Null where the quotes do not come out even. */
  fields: string[] | null;
  /** The first and the last line, from 1. */
  from: number;
  to: number;
}

/** A value with line ends in it is not spread over more lines. */
const linesPerRecordMax = 10;

/** Records of `lines` after the first `skipped`; blank lines are left out. `columns`: how many fields one has. */
export function* csvRecords(
  lines: readonly string[],
  delimiter: string,
  skipped: number,
  columns: number,
): Generator<CsvRecord> {
  for (let index = skipped; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const from = index + 1;
    let fields = csvFields(line, delimiter);
    if (fields === 'open') {
      const whole = spreadRecord(lines, index, delimiter, columns);
      fields = whole?.fields ?? null;
      index += (whole?.lines ?? 1) - 1;
    }
    yield { fields, from, to: index + 1 };
  }
}

/** The record that begins on a line and ends on a later one; null where none does. */
function spreadRecord(
  lines: readonly string[],
  start: number,
  delimiter: string,
  columns: number,
): { fields: string[]; lines: number } | null {
  for (let count = 2; count <= linesPerRecordMax && start + count <= lines.length; count++) {
    const fields = csvFields(lines.slice(start, start + count).join('\n'), delimiter);
    if (fields === null) return null;
    if (fields !== 'open') return fields.length === columns ? { fields, lines: count } : null;
  }
  return null;
}

/** `open` where the text ends inside quotes; null where something follows a closing quote. */
export function csvFields(text: string, delimiter: string): string[] | 'open' | null {
  const fields: string[] = [];
  let at = 0;
  while (true) {
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end < 0) return 'open';
      fields.push(
        text
          .slice(at + 1, end)
          .replaceAll('""', '"')
          .trim(),
      );
      at = end + 1;
      if (at < text.length && text[at] !== delimiter) return null;
    } else {
      const end = text.indexOf(delimiter, at);
      fields.push(text.slice(at, end < 0 ? undefined : end).trim());
      at = end < 0 ? text.length : end;
    }
    if (at >= text.length) return fields;
    at++;
  }
}

/** Two quotes within quotes are one. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}
