/** Rows printed one property a line: PowerShell's `Format-List`, WMIC's `/format:list`. */
import type { Findings } from './findings.ts';
import { sampleOf, saysNothing } from './lines.ts';
import { formatOf, type RowSource, type RowValue } from './row.ts';
import { isOfSource, sourceOf, takeRow } from './row-sources.ts';
import type { TextFormat } from './text-format.ts';
import { isGuid } from './value-shapes.ts';

interface Property {
  name: string;
  value: string;
  /** Where the value begins, so that lines which go on with it are known. */
  column: number;
}

type Style = (line: string) => Property | null;

const powershell: Style = (line) => {
  const name = /^([A-Za-z_][\w.]{0,80}) {1,80}:/.exec(line);
  if (!name?.[1]) return null;
  return {
    name: name[1].toLowerCase(),
    value: line.slice(name[0].length),
    column: name[0].length + 1,
  };
};

const wmic: Style = (line) => {
  const name = /^([A-Za-z_]\w{0,80})=/.exec(line);
  if (!name?.[1]) return null;
  return { name: name[1].toLowerCase(), value: line.slice(name[0].length), column: 0 };
};

interface ListRow {
  values: Map<string, { text: string; line: number }>;
  from: number;
  to: number;
  /** A blank line stands before it. */
  isApart: boolean;
}

export const propertyList: TextFormat = {
  tellingLines: (sample) => recognise(sample)?.telling ?? 0,
  read(lines, findings) {
    const recognised = recognise(sampleOf(lines));
    if (recognised === null) throw new Error('A list was read that was not recognised as one.');
    const { style, source } = recognised;
    const rows = rowsOf(lines, style, findings);
    for (const { values, from, to } of rows) {
      takeRow(source, rowOf(values), findings, from, to);
    }
    for (const line of strayProperties(rows, source)) {
      findings.unread(line, line, 'No other driver of the list has a property of this name.');
    }
    return { format: formatOf(source, 'list'), platform: source.platform };
  },
};

function rowsOf(lines: readonly string[], style: Style, findings: Findings): ListRow[] {
  const rows: ListRow[] = [];
  let row: ListRow | undefined;
  let last: Property | undefined;
  let isApart = false;
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const property = style(line);
    if (property) {
      // Blank lines get lost, names do not: one that comes again begins the next row in any case.
      if (row === undefined || isApart || row.values.has(property.name)) {
        row = { values: new Map(), from: number, to: number, isApart };
        rows.push(row);
        // A value with a blank line makes two rows, which are put together afterwards.
        if (!findings.takesAsMany(rows.length / 2)) return [];
      }
      row.values.set(property.name, { text: property.value.trim(), line: number });
      row.to = number;
      last = property;
      isApart = false;
    } else if (row && last && goesOn(line, last)) {
      const value = row.values.get(last.name);
      if (value) value.text = joined(value.text, line.trim());
      row.to = number;
    } else {
      last = undefined;
      if (saysNothing(line)) isApart = true;
      else findings.unread(number, number, 'Expected the name of a property and its value.');
    }
  }
  return withoutGaps(rows);
}

/** A value can hold a blank line: objects of one list share names, the parts of one object do not. */
function withoutGaps(rows: readonly ListRow[]): ListRow[] {
  const whole: ListRow[] = [];
  for (const row of rows) {
    const before = whole.at(-1);
    const isPart = row.isApart && [...row.values.keys()].every((name) => !before?.values.has(name));
    if (before && isPart) {
      for (const [name, value] of row.values) before.values.set(name, value);
      before.to = row.to;
    } else {
      whole.push(row);
    }
  }
  return whole;
}

function recognise(lines: readonly string[]) {
  const found = [powershell, wmic].flatMap((style) => {
    const names = lines.flatMap((line) => style(line)?.name ?? []);
    const source = sourceOf(names);
    if (source === null) return [];
    return [{ style, source, telling: names.filter((name) => isOfSource(source, name)).length }];
  });
  return found.sort((a, b) => b.telling - a.telling)[0] ?? null;
}

/** `Format-List` breaks what is wider than the console, and indents the rest to where the value began. */
function goesOn(line: string, { column }: Property): boolean {
  return column > 0 && line.search(/\S/) === column;
}

/** A value without spaces was broken in the middle of a word, any other between two. */
function joined(value: string, rest: string): string {
  return value.includes(' ') ? `${value} ${rest}` : value + rest;
}

function rowOf(values: ListRow['values']): Map<string, RowValue> {
  return new Map([...values].map(([name, { text }]) => [name, rowValue(text)]));
}

/** PowerShell prints lists in braces, `{a, b...}`, the end of long ones cut off. */
function rowValue(text: string): RowValue {
  if (!text.startsWith('{') || !text.endsWith('}') || isGuid(text)) return text;
  const parts = text.slice(1, -1).split(', ');
  return parts.filter((part) => !/(?:\.\.\.|…)$/.test(part));
}

/** Objects of one list have the same properties: a name that only one of them has was damaged. */
function strayProperties(rows: readonly ListRow[], source: RowSource): number[] {
  if (rows.length < 2) return [];
  const timesSeen = new Map<string, number>();
  for (const { values } of rows) {
    for (const name of values.keys()) timesSeen.set(name, (timesSeen.get(name) ?? 0) + 1);
  }
  return rows.flatMap(({ values }) =>
    [...values].flatMap(([name, { line }]) =>
      timesSeen.get(name) === 1 && !isOfSource(source, name) ? [line] : [],
    ),
  );
}
