/** One figure of the benchmark, and how it is printed. */

export type DatabaseKind = 'postgres' | 'embedded';

export interface Figure {
  figure: string;
  /** Null where no database plays a part. */
  database: DatabaseKind | null;
  value: number;
  unit: string;
  /** What it is compared with, in the same unit; null where it stands for itself. */
  floor: number | null;
  /** `value` by `floor`, the median of those measured beside each other. */
  ratio: number | null;
  /** As a sentence; null for a figure that is only shown. */
  goal: string | null;
  /** Null where there is no goal. */
  met: boolean | null;
}

export function toJsonLine(figure: Figure): string {
  return JSON.stringify(figure);
}

/** A missed goal is printed as missed. */
export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.figure,
    figure.database ?? '',
    `${round(figure.value)} ${figure.unit}`,
    figure.floor === null ? '' : `${round(figure.floor)} ${figure.unit}`,
    figure.ratio === null ? '' : figure.ratio.toFixed(2),
    figure.goal ?? '',
    figure.met === null ? '' : figure.met ? 'met' : 'MISSED',
  ]);
  const head = ['figure', 'database', 'value', 'floor', 'ratio', 'goal', ''];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...rows]) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The median of each measurement by the one made beside it. */
export function medianRatio(values: readonly number[], floors: readonly number[]): number {
  return medianOf(values.map((value, index) => value / (floors[index] ?? Number.NaN)));
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('The median of nothing.');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
