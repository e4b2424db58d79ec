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
  let best: { source: RowSource; shared: number } | null = null;
  for (const source of sources) {
    const telling = source.telling.filter((name) => given.has(name)).length;
    const shared = telling + source.others.filter((name) => given.has(name)).length;
    // Anything can have one name in common with a driver.
    if (telling > 0 && shared > 1 && shared > (best?.shared ?? 0)) best = { source, shared };
  }
  return best?.source ?? null;
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
  const { fields, faults } = source.read(row);
  for (const fault of faults) findings.unread(from, to, fault);
  findings.item(fields, from, to);
}
