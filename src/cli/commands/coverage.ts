/** `coverage` and `backtest`: what the record guards against by now, and what it does not. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import { describeOutcome, describeStops } from '../output/backtest.ts';
import type { Session } from '../session.ts';
import { type Gap, gapArgument } from './choices.ts';
import {
  type Columns,
  type ListOptions,
  printItems,
  showPage,
  withListOptions,
} from './listing.ts';

type Schemas = components['schemas'];
type Release = Schemas['BacktestedRelease'];

export function addCoverageCommands(program: Command, declaring: Declaring): void {
  withListOptions(
    declareAsking(program, 'coverage', {
      does: 'count what nothing guards against, or list one kind of it with what to do',
      examples: ['holdfast coverage', 'holdfast coverage checks_never_red'],
    }).addArgument(gapArgument()),
  ).action(asking(declaring, coverage));

  withListOptions(
    declareAsking(program, 'backtest [incident]', {
      does: 'ask whether the gate would have stopped past incidents, then and today',
      examples: ['holdfast backtest', 'holdfast backtest HF-2024-0001'],
    }),
  ).action(asking(declaring, backtest));
}

async function coverage(session: Session, gap: Gap | undefined, { limit, cursor }: ListOptions) {
  if (gap === undefined) {
    return session.show(await ask(session.client.GET('/v1/coverage')), ({ gaps }) =>
      printItems(session, gaps, { gap: (item) => item.gap, count: ({ count }) => String(count) }),
    );
  }
  const call = session.client.GET('/v1/coverage/{gap}', {
    params: { path: { gap }, query: { limit, cursor } },
  });
  return showPage(session, await ask(call), {
    key: ({ key }) => key,
    severity: ({ severity }) => severity ?? '',
    title: ({ title }) => title,
    'to do': ({ toDo }) => toDo,
  });
}

const releaseColumns: Columns<Release> = {
  release: ({ product, version }) => `${product} ${version}`,
  shipped: ({ shippedAt }) => shippedAt ?? 'no',
  before: ({ before }) => describeOutcome(before),
  today: ({ today }) => describeOutcome(today),
  'stopped today by': ({ today }) => describeStops(today),
};

async function backtest(
  session: Session,
  incident: string | undefined,
  { limit, cursor }: ListOptions,
) {
  const query = { limit, cursor };
  if (incident === undefined) {
    const answer = await ask(session.client.GET('/v1/backtest', { params: { query } }));
    return session.show(answer, (page) => printIncidents(session, page));
  }
  const params = { path: { incident }, query };
  const call = session.client.GET('/v1/incidents/{incident}/backtest', { params });
  return showPage(session, await ask(call), releaseColumns);
}

function printIncidents(
  session: Session,
  { items, next }: { items: Schemas['BacktestedIncident'][]; next?: string },
): void {
  if (items.length === 0) session.note('There are none.');
  for (const { incident, severity, title, releases, hasMoreReleases } of items) {
    session.print(`${incident} (${severity}) ${title}`);
    if (releases.length === 0) session.print('No release that it affects is registered.');
    else printItems(session, releases, releaseColumns);
    if (hasMoreReleases) session.print(`There are more: holdfast backtest ${incident}`);
    session.print('');
  }
  if (next !== undefined) session.note(`There are more: repeat it with --cursor ${next}`);
}
