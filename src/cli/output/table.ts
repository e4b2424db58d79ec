/** Writes a table in columns of fixed width. */
import type { Colours, Tone } from './colour.ts';
import { wrap } from './wrap.ts';

/** Text of one line or several. A tone says nothing that the text does not say. */
export type Cell = string | { text: string; tone: Tone };

export interface Table {
  head: readonly string[];
  /** As many cells in each row as `head` has. */
  rows: readonly (readonly Cell[])[];
  /** Where not every row fits on its line, the last column stands below each row: it has sentences. */
  lastBelow?: boolean;
}

const gap = '  ';

/**
 * Lines without their last line end. `columns` is the width to keep to, where no word is longer than its column can be;
 * null keeps every line whole.
 */
export function drawTable(table: Table, columns: number | null, colours: Colours): string {
  const { head, rows, lastBelow = false } = table;
  const texts = rows.map((row) => row.map(textOf));
  if (lastBelow && columns !== null && widthOf([[...head], ...texts]) > columns) {
    return drawWithSentences(table, columns, colours);
  }
  const widths = widthsOf([[...head], ...texts], columns);
  const drawn = [head.map((name) => name.toUpperCase()), ...rows].map((row) =>
    drawRow(row, widths, colours),
  );
  return drawn.join('\n');
}

function drawWithSentences({ head, rows }: Table, columns: number, colours: Colours): string {
  const short = { head: head.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) };
  const widths = widthsOf([short.head, ...short.rows.map((row) => row.map(textOf))], columns);
  const drawn = rows.flatMap((row) => [
    drawRow(row.slice(0, -1), widths, colours),
    ...wrap(textOf(row.at(-1) ?? ''), columns - gap.length).map((line) => gap + line),
  ]);
  const names = short.head.map((name) => name.toUpperCase());
  return [drawRow(names, widths, colours), ...drawn].join('\n');
}

function widthOf(rows: readonly (readonly string[])[]): number {
  const widths = widthsOf(rows, null);
  return sum(widths) + gap.length * (widths.length - 1);
}

function drawRow(row: readonly Cell[], widths: readonly number[], colours: Colours): string {
  const cells = row.map((cell, column) => wrap(textOf(cell), widths[column] ?? 0));
  const height = Math.max(...cells.map((lines) => lines.length));
  const lines: string[] = [];
  for (let line = 0; line < height; line++) {
    const parts = row.map((cell, column) => {
      const text = cells[column]?.[line] ?? '';
      const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - lengthOf(text)));
      const painted = typeof cell === 'string' ? text : colours(cell.tone, text);
      return column === row.length - 1 ? painted : painted + padding;
    });
    lines.push(parts.join(gap).trimEnd());
  }
  return lines.join('\n');
}

/** As wide as the text is, or narrower where all of it would not fit: the widest column gives way first. */
function widthsOf(rows: readonly (readonly string[])[], columns: number | null): number[] {
  const count = rows[0]?.length ?? 0;
  const widest = (of: (text: string) => string[]) =>
    Array.from({ length: count }, (_, column) =>
      Math.max(...rows.flatMap((row) => of(row[column] ?? '').map(lengthOf))),
    );
  const widths = widest((text) => text.split('\n'));
  if (columns === null) return widths;
  const narrowest = widest((text) => text.split(/\s+/));
  let excess = sum(widths) + gap.length * (count - 1) - columns;
  while (excess > 0) {
    const giving = widestThatCan(widths, narrowest);
    if (giving === null) break;
    widths[giving] = (widths[giving] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function widestThatCan(widths: readonly number[], narrowest: readonly number[]): number | null {
  let found: number | null = null;
  widths.forEach((width, column) => {
    if (width > (narrowest[column] ?? 0) && width > (found === null ? 0 : (widths[found] ?? 0))) {
      found = column;
    }
  });
  return found;
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function lengthOf(text: string): number {
  return [...text].length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
