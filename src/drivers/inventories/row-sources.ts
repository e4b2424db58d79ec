/** Tells from the names of its properties what a row was taken from. */
import type { Findings } from './findings.ts';
import { osquerySources } from './osquery-rows.ts';
import { ownSource } from './own-rows.ts';
import type { Row, RowSource } from './row.ts';
import { windowsSources } from './windows-rows.ts';

const sources: readonly RowSource[] = [...windowsSources, ...osquerySources, ownSource];

/** Null where the names, in lower case, are those of no driver. */
export function sourceOf(names: Iterable<string>): RowSource | null {
  const given = new Set(names);
  let best: { source: RowSource; shared: number; telling: number } | null = null;
  for (const source of sources) {
    const telling = source.telling.filter((name) => given.has(name)).length;
    const shared = telling + source.others.filter((name) => given.has(name)).length;
    // Anything can have one name in common with a driver.
    if (telling === 0 || shared < 2) continue;
    const more = shared - (best?.shared ?? 0) || telling - (best?.telling ?? 0);
    if (more > 0) best = { source, shared, telling };
  }
  return best?.source ?? null;
}

const telling = new Set(sources.flatMap((source) => source.telling));

/** Whether a line has a word that is hardly ever anything but the name of a property. */
export function namesProperty(line: string): boolean {
  const words = line.toLowerCase().match(/[a-z_][a-z0-9_]+/g) ?? [];
  return words.some((word) => telling.has(word));
}

export function isOfSource(source: RowSource, name: string): boolean {
  return source.telling.includes(name) || source.others.includes(name);
}

/** Reads a row as a driver, and tells what of it could not be read. */
export function takeRow(
  source: RowSource,
  row: Row,
  findings: Findings,
  from: number,
  to: number,
): void {
  const written = withoutNumbers(source, row);
  const { fields, faults } = source.read(written.row);
  for (const fault of [...written.faults, ...faults]) findings.unread(from, to, fault);
  findings.item(fields, from, to);
}

/** Without the versions that JSON has as numbers, in which 10.30 has become 10.3. */
function withoutNumbers(source: RowSource, row: Row): { row: Row; faults: string[] } {
  const numbers = source.versions.filter((name) => typeof row.get(name.toLowerCase()) === 'number');
  if (numbers.length === 0) return { row, faults: [] };
  const left = new Map(row);
  for (const name of numbers) left.delete(name.toLowerCase());
  return {
    row: left,
    faults: numbers.map(
      (name) => `'${name}' must be a text, in quotes: as numbers, 10.30 and 10.3 are the same.`,
    ),
  };
}
