/** Reports that real tools wrote, where the folder with them is present, and the counts that another reader finds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { CaseCounts } from '../../../src/releases/test-reports/test-case.ts';

const folder = new URL('../../../../shared/data/test-reports/', import.meta.url);

export const present = existsSync(folder);

const formats = ['junit', 'trx', 'xunit', 'nunit', 'ctrf'];

/** Names within the folder: `trx/pickles.trx`. */
const reports = [...formats, 'bad'].flatMap((name) =>
  present
    ? readdirSync(new URL(`${name}/`, folder))
        .filter((file) => /\.(xml|trx|json)$/.test(file))
        .map((file) => `${name}/${file}`)
    : [],
);

/** Files in which the other reader finds counts. */
export const readable = reports.filter((name) => expectedOf(name) !== undefined);

export const unreadable = reports.filter((name) => !readable.includes(name));

/** `trx` for `trx/pickles.trx`. */
export function formatOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

export function bytesOf(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}

/** Counts of every case, a name that occurs twice counting twice; undefined where that reader can't read the file. */
export function expectedOf(name: string): CaseCounts | undefined {
  return formatOf(name) === 'ctrf' ? summaryOf(name) : statsOf(name);
}

function statsOf(name: string): CaseCounts | undefined {
  const file = name.replace('/', '-expected/').replace(/\.\w+$/, '.results.json');
  if (!existsSync(new URL(file, folder))) return undefined;
  const { stats } = JSON.parse(bytesOf(file).toString());
  if (stats.errors.length > 0) return undefined;
  // Where a case has several outcomes only `tests` are right.
  const counted = stats.runs_succ < 0 ? 'tests' : 'runs';
  return {
    total: stats[counted],
    passed: stats[`${counted}_succ`],
    failed: stats[`${counted}_fail`],
    errored: stats[`${counted}_error`],
    skipped: stats[`${counted}_skip`],
  };
}

/** Nobody expects anything of the examples of CTRF but their own summary. */
function summaryOf(name: string): CaseCounts | undefined {
  const summary = JSON.parse(bytesOf(name).toString()).results?.summary;
  if (summary === undefined) return undefined;
  const { tests, passed, failed, pending, skipped, other } = summary;
  return { total: tests, passed, failed, errored: other, skipped: pending + skipped };
}
