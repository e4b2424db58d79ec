/**
 * What `npm run bench` measures: ratios against floors that this run provides itself, on PostgreSQL and on the embedded
 * database. `--json` prints one object a line; `--seconds N` is the length of one measurement (2).
 */
import { parseArgs } from 'node:util';
import { benchDatabases } from './databases.ts';
import { type Figure, printTable, toJsonLine } from './figure.ts';
import { gateDecision } from './gate-decision.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, seconds: { type: 'string', default: '2' } },
});
const seconds = Number(values.seconds);
if (!(seconds > 0 && seconds <= 60))
  throw new Error('--seconds must be more than 0 and at most 60.');

const figures: Figure[] = [];
for (const { kind, open } of benchDatabases) {
  const database = await open();
  try {
    for (const figure of await gateDecision(database, kind, seconds)) {
      figures.push(figure);
      if (values.json) console.log(toJsonLine(figure));
    }
  } finally {
    await database.close();
  }
}
if (!values.json) printTable(figures);
