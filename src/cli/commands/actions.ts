/** `actions list`: what was changed because of incidents, over all of them. */
import type { Command } from 'commander';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import type { Session } from '../session.ts';
import {
  type ActionKind,
  type ActionStatus,
  actionKindOption,
  actionStatusOption,
} from './choices.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

interface ActionFilter extends ListOptions {
  status?: ActionStatus;
  kind?: ActionKind;
  owner?: string;
}

export function addActionCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'actions', {
    does: 'changes that followed from incidents',
    examples: ['holdfast actions list --status ongoing'],
  });

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list actions over all incidents, the newest incident first',
      examples: ['holdfast actions list --status ongoing --kind process'],
    })
      .addOption(actionStatusOption())
      .addOption(actionKindOption())
      .option('--owner <name>', 'only those of this owner'),
  ).action(asking(declaring, listActions));
}

async function listActions(session: Session, options: ActionFilter) {
  const { status, kind, owner, limit, cursor } = options;
  const call = session.client.GET('/v1/actions', {
    params: { query: { status, kind, owner, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    action: (item) => item.key,
    severity: (item) => item.severity,
    kind: (item) => item.action.kind,
    status: (item) => item.action.status,
    owner: (item) => item.action.owner,
    due: (item) => item.action.dueOn ?? '',
    title: (item) => item.action.title,
  });
}
