/** Reports that real tools wrote, where the folder with them is present, and the counts that another reader finds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../shared/data/test-reports/', import.meta.url);

export const present = existsSync(folder);

const namesIn = (name: string) => (present ? readdirSync(new URL(name, folder)) : []);

/** JUnit files in which the other reader finds counts. */
export const readable = namesIn('junit-expected/')
  .map((name) => `junit/${name.replace('.results.json', '.xml')}`)
  .filter((name) => statsOf(name).errors.length === 0);

/** All other files, `junit/…` and `bad/…`. */
export const unreadable = [
  ...namesIn('junit/').map((name) => `junit/${name}`),
  ...namesIn('bad/').map((name) => `bad/${name}`),
].filter((name) => !readable.includes(name));

export function bytesOf(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}

type Stats = { errors: unknown[] } & Record<string, number>;

function statsOf(name: string): Stats {
  const file = name.replace('junit/', 'junit-expected/').replace('.xml', '.results.json');
  return JSON.parse(bytesOf(file).toString()).stats;
}

/** Counts of every case; a name that occurs twice counts twice. */
export function expectedOf(name: string) {
  const stats = statsOf(name);
  // Where a case has several outcomes only `tests` are right.
  const counted = (stats.runs_succ ?? 0) < 0 ? 'tests' : 'runs';
  return {
    total: stats[counted],
    passed: stats[`${counted}_succ`],
    failed: stats[`${counted}_fail`],
    errored: stats[`${counted}_error`],
    skipped: stats[`${counted}_skip`],
  };
}
