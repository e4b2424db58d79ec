/** A driver of a report as a reader looks for it on a machine. Pure. */
import type { components } from '../contract/types.gen.ts';
import { versionsOf } from '../web/words.ts';
import { rangeInWords } from './range-words.ts';
import { inSeries } from './series.ts';

type ReportDriver = components['schemas']['ReportDriver'];

/** More would be no help to a person. */
const namesMax = 8;

/** `every version`, or `versions from 1, before 2 (the file's version)`. */
export function driverVersionsInWords({ versions, versionOf }: ReportDriver): string {
  return versions === null
    ? 'every version'
    : `${rangeInWords(versions)} (${versionsOf[versionOf]})`;
}

/** What it is called on a machine, by kind: `['the file a.sys or b.sys', 'the service a']`. Empty where no name tells. */
export function namesInWords({ foundAs }: Pick<ReportDriver, 'foundAs'>): string[] {
  const kinds: [string, readonly string[]][] = [
    ['the file', foundAs.fileNames],
    ['the service', foundAs.serviceNames],
    ['the INF file', foundAs.originalInfs],
    ['the kernel module', foundAs.moduleNames],
    ['the bundle', foundAs.bundleIds],
  ];
  return kinds
    .filter(([, names]) => names.length > 0)
    .map(([kind, names]) => `${kind} ${inSeries(few(names), 'or')}`);
}

function few(names: readonly string[]): readonly string[] {
  const more = names.length - namesMax;
  return more > 0 ? [...names.slice(0, namesMax), `${more} more`] : names;
}
