/** Builds of operating systems, as systems print them. */
import { parseRange, readVersion } from '../../versions/index.ts';
import { systemOf } from './commands.ts';

/**
 * The build's numbers: of `Microsoft Windows [Version 10.0.26100.1742]`, which `ver` prints in any language, of
 * `6.8.7-arch1-1`, of `10.0.26100 N/A Build 26100`. Null for `24H2`, and for `26100.1742`, which lacks what it begins with.
 */
export function readOsBuild(text: string): string | null {
  const printed = /\[[^[\]\d]*([\d.]+)\]\s*$/.exec(text)?.[1] ?? text.trim();
  const [numbers, rest = ''] = /^(\d{1,4}(?:\.\d+)+)(.*)$/s.exec(printed)?.slice(1) ?? [];
  if (numbers === undefined) return null;
  // What a kernel or systeminfo adds; two builds beside one another are none.
  const isRemark = /^(?:$|[-+~ (])/.test(rest) && !/^\s*-\s*[\d.]+$/.test(rest);
  return isRemark ? numbers : null;
}

/**
 * Whether a bound of the range lies between builds that all begin with these numbers, so that those that were
 * left out decide. macOS leaves out what is zero.
 */
export function lacksNumbers(build: string, range: string, platform: string | undefined): boolean {
  if (systemOf(platform) === 'macos') return false;
  const parsed = parseRange(range);
  const said = readVersion('intdot', build);
  if (!parsed.ok || parsed.range.scheme !== 'intdot' || !said.ok) return false;
  const numbers = partsOf(build);
  return parsed.range.constraints.some(({ comparator, version }) => {
    const parts = partsOf(version.text);
    if (parts.length <= numbers.length) return false;
    if (!numbers.every((number, index) => number === parts[index])) return false;
    // Whatever follows, it lies on the same side of the first of them.
    const isFirst = version.sortKey === said.version.sortKey;
    return !(isFirst && (comparator === '>=' || comparator === '<'));
  });
}

function partsOf(version: string): string[] {
  return version.split('.').map((number) => number.replace(/^0+(?=\d)/, ''));
}
