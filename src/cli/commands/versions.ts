/** `versions osv` and `versions vers`: ranges of versions in the notation of others. Nobody is asked. */
import { type Command, Option } from 'commander';
import {
  type OsvAffected,
  osvRangesOf,
  parseRange,
  printRange,
  rangeOfOsv,
  type Scheme,
  schemes,
} from '../../versions/index.ts';
import { type Declaring, declare } from '../command.ts';
import { AskedWrongly, exitCodes } from '../exit-code.ts';
import { printable } from '../output/printable.ts';
import { readDocument } from '../read-document.ts';

export function addVersionCommands(program: Command, { surroundings, end }: Declaring): void {
  const { terminal } = surroundings;
  const group = declare(program, 'versions', {
    does: 'ranges of versions in the notation of others; nobody is asked',
    examples: ["holdfast versions osv 'vers:semver/>=1.2.0|<1.4.1'"],
  });

  declare(group, 'osv <range>', {
    does: "print a range in VERS notation as the ranges of an OSV advisory's affected package",
    examples: ["holdfast versions osv 'vers:semver/>=1.2.0|<1.4.1'"],
  }).action((range: string) => {
    terminal.stdout(`${JSON.stringify({ ranges: osvOf(range) }, null, 2)}\n`);
    end(exitCodes.done);
  });

  declare(group, 'vers <file>', {
    does: 'print what an OSV advisory affects as a range in VERS notation',
    examples: [
      'holdfast versions vers advisory.json --scheme semver',
      'holdfast versions vers advisory.json --scheme intdot --package example-driver',
    ],
  })
    .addOption(
      new Option('--scheme <scheme>', 'how its versions are ordered')
        .choices(schemes)
        .makeOptionMandatory(),
    )
    .option('--package <name>', 'which package, where it names several')
    .action(async (file: string, options: { scheme: Scheme; package?: string }) => {
      const advisory = await readDocument<Advisory>(file);
      terminal.stdout(`${printable(versOf(file, advisory, options))}\n`);
      end(exitCodes.done);
    });
}

function osvOf(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok)
    throw new AskedWrongly(`${text}: ${parsed.reason} (character ${parsed.position + 1})`);
  const said = osvRangesOf(parsed.range);
  if (!said.ok) throw new AskedWrongly(`${text}: ${said.part} cannot be said. ${said.reason}`);
  return said.ranges;
}

/** As far as it is read, and no further: whether it is so is not known. */
interface Advisory {
  affected?: unknown;
  ranges?: unknown;
  versions?: unknown;
}

function versOf(
  file: string,
  advisory: Advisory,
  { scheme, package: name }: { scheme: Scheme; package?: string },
): string {
  const { at, affected } = affectedIn(file, advisory, name);
  const read = rangeOfOsv(scheme, affected);
  if (!read.ok) throw new AskedWrongly(`${file}, ${at}${read.place}: ${read.reason}`);
  return printRange(read.range);
}

/** Of the one package, or of what stands alone; with where it stands. */
function affectedIn(file: string, advisory: Advisory, name: string | undefined) {
  if (!Array.isArray(advisory.affected)) {
    return { at: '', affected: readAffected(file, '', advisory) };
  }
  const packages = advisory.affected.map((each, index) => {
    const named = fieldOf(fieldOf(each, 'package'), 'name');
    return { index, name: typeof named === 'string' ? named : '', each };
  });
  const wanted = packages.filter((each) => name === undefined || each.name === name);
  const [only, ...others] = wanted;
  const listed = packages.map((each) => each.name || 'one without a name').join(', ');
  if (!only)
    throw new AskedWrongly(`${file} names no package '${name ?? ''}', but: ${listed || 'none'}.`);
  if (others.length > 0) {
    throw new AskedWrongly(`${file} names several packages. Give one with --package: ${listed}.`);
  }
  const at = `/affected/${only.index}`;
  return { at, affected: readAffected(file, at, only.each) };
}

/** Single versions stand beside ranges, or alone. */
function readAffected(file: string, at: string, affected: unknown): OsvAffected {
  const [ranges, versions] = [fieldOf(affected, 'ranges'), fieldOf(affected, 'versions')];
  if (versions === undefined) return { ranges: eventLists(file, `${at}/ranges`, ranges) };
  if (!Array.isArray(versions)) {
    throw new AskedWrongly(`${file}, ${at}/versions: It is no list of versions.`);
  }
  return {
    ranges: ranges === undefined ? [] : eventLists(file, `${at}/ranges`, ranges),
    versions,
  };
}

/** Commits are no versions, and to leave them out in silence would make the range too small. */
function eventLists(file: string, at: string, ranges: unknown): { events: unknown[] }[] {
  if (!Array.isArray(ranges)) {
    throw new AskedWrongly(`${file} has no list of ranges (${at}). Give it an OSV advisory.`);
  }
  return ranges.map((range, index) => {
    const events = fieldOf(range, 'events');
    if (fieldOf(range, 'type') === 'GIT') {
      throw new AskedWrongly(
        `${file}, ${at}/${index}: commits (GIT) are no versions. Take this range out.`,
      );
    }
    if (Array.isArray(events)) return { events };
    throw new AskedWrongly(`${file}, ${at}/${index}: It has no list of events.`);
  });
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([field]) => field === name)?.[1];
}
