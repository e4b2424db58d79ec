/**
 * Affectedness of a machine: `evaluateAffected` against a route that takes the same body, makes one trivial query and
 * returns the same bytes.
 */
import type { OpenDatabase } from '../src/db/connection.ts';
import { type DatabaseKind, type Figure, medianOf, medianRatio } from './figure.ts';
import { listenFloors } from './floors.ts';
import { type Loads, listen, measuredInTurn } from './load.ts';
import { driversTotal, fillCatalogue, machineBody, rangesTotal } from './recorded-drivers.ts';
import { serviceOn } from './service.ts';

const goal = 0.33;
const address = '/v1/affected';

/** Of one product among twenty, and of one that every incident concerns: all ranges are then its own. */
const asked = [
  {
    name: `${driversTotal} drivers, ${rangesTotal} ranges of 20 products`,
    product: 'bench-7',
    goal,
  },
  {
    name: `${driversTotal} drivers, ${rangesTotal} ranges of one product`,
    product: 'bench',
    goal: null,
  },
] as const;

export async function affectedness(
  database: OpenDatabase,
  kind: DatabaseKind,
  seconds: number,
): Promise<Figure[]> {
  await fillCatalogue(database);
  const app = serviceOn(database);
  const service = await listen(app);
  const figures: Figure[] = [];
  for (const { name, product, goal } of asked) {
    const sent = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: machineBody(product),
    } as const;
    const begun = performance.now();
    const answer = await app.request(address, sent);
    const firstMilliseconds = performance.now() - begun;
    const bytes = await answer.text();
    assertEvaluation(bytes);
    const floors = await listenFloors(database, bytes);
    const measured = await measuredInTurn(
      {
        floor: { url: floors.url, paths: [floors.query], ...sent },
        service: { url: service.url, paths: [address], ...sent },
      },
      seconds,
    );
    await floors.close();
    const against = (of: keyof Loads) => ({
      database: kind,
      value: medianOf(measured.service[of]),
      floor: medianOf(measured.floor[of]),
      ratio: medianRatio(measured.service[of], measured.floor[of]),
    });
    const main = against('perSecond');
    figures.push(
      {
        ...main,
        figure: `affectedness to one-query floor: ${name}`,
        unit: 'answers/s',
        goal: goal === null ? null : `≥ ${goal}`,
        met: goal === null ? null : main.ratio >= goal,
      },
      {
        // Other work on the machine changes it less than the answers in a second.
        ...against('cpuMilliseconds'),
        figure: `processor time of it: ${name}`,
        unit: 'ms',
        goal: null,
        met: null,
      },
    );
    if (figures.length > 2) continue;
    figures.push({
      figure: `first answer after a change: ${name}`,
      database: kind,
      value: firstMilliseconds,
      unit: 'ms',
      floor: null,
      ratio: null,
      goal: null,
      met: null,
    });
  }
  await service.close();
  return figures;
}

/** The measurement means nothing unless this is the machine that was meant. */
function assertEvaluation(bytes: string): void {
  const { verdict, drivers } = JSON.parse(bytes);
  const listed = drivers?.filter(({ driver }: { driver: string | null }) => driver !== null).length;
  if (verdict !== 'affected' || drivers.length !== driversTotal || listed < 40) {
    throw new Error(`Not the machine that was meant: ${bytes.slice(0, 500)}`);
  }
}
