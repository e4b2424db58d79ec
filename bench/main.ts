/**
 * What `npm run bench` measures: ratios against floors that this run provides itself, on PostgreSQL and on the embedded
 * database. `--json` prints one object a line; `--seconds N` is the length of one measurement (2); `--only WORD` measures
 * one subject.
 */
import { parseArgs } from 'node:util';
import type { OpenDatabase } from '../src/db/connection.ts';
import { affectedness } from './affectedness.ts';
import { benchDatabases } from './databases.ts';
import { type DatabaseKind, type Figure, printTable, toJsonLine } from './figure.ts';
import { fleetOffline } from './fleet.ts';
import { gateDecision } from './gate-decision.ts';
import { gateGrowth } from './gate-growth.ts';
import { publicReport } from './public-report.ts';
import { start } from './start.ts';
import { testReport } from './test-report.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
if (!(seconds > 0 && seconds <= 60))
  throw new Error('--seconds must be more than 0 and at most 60.');

type OnDatabase = (database: OpenDatabase, kind: DatabaseKind) => Promise<Figure[]>;

/** Measured on each of the two, in a database of its own. */
const onEach =
  (measure: OnDatabase) =>
  async (print: (figures: Figure[]) => void): Promise<void> => {
    for (const { kind, open } of benchDatabases) {
      const database = await open();
      try {
        print(await measure(database, kind));
      } finally {
        await database.close();
      }
    }
  };

const subjects: Record<string, (print: (figures: Figure[]) => void) => Promise<void>> = {
  gate: onEach((database, kind) => gateDecision(database, kind, seconds)),
  growth: async (print) => {
    for (const { kind, open } of benchDatabases) print(await gateGrowth(open, kind));
  },
  report: onEach((database, kind) => publicReport(database, kind, seconds)),
  'test-report': onEach(testReport),
  affected: onEach((database, kind) => affectedness(database, kind, seconds)),
  fleet: async (print) => print(await fleetOffline()),
  start: async (print) => print(await start()),
};

const chosen = values.only === undefined ? Object.keys(subjects) : [values.only];
const figures: Figure[] = [];
for (const name of chosen) {
  const measure = subjects[name];
  if (!measure) throw new Error(`--only takes one of: ${Object.keys(subjects).join(', ')}.`);
  await measure((measured) => {
    figures.push(...measured);
    if (values.json) for (const figure of measured) console.log(toJsonLine(figure));
  });
}
if (!values.json) printTable(figures);
