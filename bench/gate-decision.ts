/** The gate's decision, asked by several pipelines at once, against the floors. */
import type { OpenDatabase } from '../src/db/connection.ts';
import { type DatabaseKind, type Figure, medianOf, medianRatio } from './figure.ts';
import { listenFloors } from './floors.ts';
import { listen, measuredInTurn } from './load.ts';
import { serviceOn } from './service.ts';
import { assertDecision, gatePath, makeVendor, tokenIn } from './vendor.ts';

const goal = 0.6;
const releases = 5000;
/** Candidates that pipelines ask about again and again. */
const candidates = 10;

const paths = (count: number) => Array.from({ length: count }, (_, n) => gatePath(n + 1));

/** 10 requirements, 2 of them waived, among 200,000 results and 20,000 waivers. */
export async function gateDecision(
  database: OpenDatabase,
  kind: DatabaseKind,
  seconds: number,
): Promise<Figure[]> {
  await makeVendor(database, { releases, incidents: 50 });
  const headers = { authorization: `Bearer ${await tokenIn(database)}` };
  const app = serviceOn(database);
  const answer = await app.request(gatePath(1), { headers });
  const bytes = await answer.text();
  assertDecision(bytes);
  const service = await listen(app);
  const floors = await listenFloors(database, bytes);
  const measured = await measuredInTurn(
    {
      bare: { url: floors.url, paths: [floors.bare] },
      query: { url: floors.url, paths: [floors.query] },
      again: { url: service.url, paths: paths(candidates), headers },
      // So many that none is still remembered when its turn comes again.
      anew: { url: service.url, paths: paths(releases), headers },
    },
    seconds,
  );
  await service.close();
  await floors.close();

  const against = (name: 'again' | 'anew', floor: 'query' | 'bare') => ({
    database: kind,
    value: medianOf(measured[name].perSecond),
    unit: 'answers/s',
    floor: medianOf(measured[floor].perSecond),
    ratio: medianRatio(measured[name].perSecond, measured[floor].perSecond),
    goal: null,
    met: null,
  });
  const main = against('again', 'query');
  return [
    {
      ...main,
      figure: 'gate decision to one-query floor',
      goal: `≥ ${goal}`,
      met: main.ratio >= goal,
    },
    { ...against('again', 'bare'), figure: 'gate decision to bare route' },
    { ...against('anew', 'query'), figure: 'gate decision, nothing remembered' },
  ];
}
