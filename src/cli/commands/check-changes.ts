/** How checks change: `check put --dry-run`, `approve`, `reject`, `proposals` and `history`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { type Answer, ask } from '../answer.ts';
import { asking, type Declaring, declareAsking, wholeNumber } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { describeChanges } from '../output/changes.ts';
import type { Session } from '../session.ts';
import { type ProposalStatus, proposalStatusOption } from './choices.ts';
import { type ListOptions, printItems, showPage, withListOptions } from './listing.ts';

type Schemas = components['schemas'];
type CheckProposal = Schemas['CheckProposal'];
type CheckDryRun = Schemas['CheckDryRun'];
type CheckRevision = Schemas['CheckRevision'];

export function addCheckChangeCommands(group: Command, declaring: Declaring): void {
  declareAsking(group, 'approve <key>', {
    does: 'approve a change that makes a check weaker and that somebody else proposed',
    examples: ['holdfast check approve channel-boot-loop 1'],
  })
    .argument('<number>', "the proposal's number", wholeNumber)
    .action(
      asking(declaring, async (session, check: string, proposal: number) => {
        const path = '/v1/checks/{check}/proposals/{proposal}/approval';
        const call = session.client.POST(path, { params: { path: { check, proposal } } });
        return session.show(await ask(call), (approved) => session.print(describe(approved)));
      }),
    );

  declareAsking(group, 'reject <key>', {
    does: 'reject such a change, or take back your own',
    examples: [
      'holdfast check reject channel-boot-loop 1 --reason "The lab gets new hosts next week."',
    ],
  })
    .argument('<number>', "the proposal's number", wholeNumber)
    .requiredOption('--reason <text>', 'why')
    .action(asking(declaring, rejectProposal));

  withListOptions(
    declareAsking(group, 'proposals', {
      does: 'list changes that wait for a second person, or were decided',
      examples: ['holdfast check proposals --status pending'],
    })
      .option('--check <key>', 'only those of this check')
      .addOption(proposalStatusOption()),
  ).action(asking(declaring, listProposals));

  withListOptions(
    declareAsking(group, 'history <key>', {
      does: 'what changed in a check, by whom and why, the newest change first',
      examples: ['holdfast check history channel-boot-loop'],
    }),
  ).action(
    asking(declaring, async (session, check: string, { limit, cursor }: ListOptions) => {
      const call = session.client.GET('/v1/checks/{check}/revisions', {
        params: { path: { check }, query: { limit, cursor } },
      });
      return session.show(await ask(call), ({ items, next }) => {
        for (const revision of items) session.print(describeRevision(revision, session));
        if (next !== undefined) session.note(`There are more: repeat it with --cursor ${next}`);
      });
    }),
  );
}

async function rejectProposal(
  session: Session,
  check: string,
  proposal: number,
  { reason }: { reason: string },
) {
  const call = session.client.POST('/v1/checks/{check}/proposals/{proposal}/rejection', {
    params: { path: { check, proposal } },
    body: { reason },
  });
  return session.show(await ask(call), (rejected) => session.print(describe(rejected)));
}

async function listProposals(
  session: Session,
  { check, status, limit, cursor }: ListOptions & { check?: string; status?: ProposalStatus },
) {
  const call = session.client.GET('/v1/check-proposals', {
    params: { query: { check, status, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    check: (proposal) => proposal.check,
    number: (proposal) => String(proposal.number),
    status: (proposal) => proposal.status,
    proposed: (proposal) => `${proposal.proposedBy}\n${proposal.proposedAt}`,
    weaker: (proposal) => proposal.weaker.map(({ detail }) => detail).join('\n'),
    reason: (proposal) => proposal.reason,
  });
}

/** Asks what the file would do, and prints it. */
export async function dryRunCheck(
  session: Session,
  check: string,
  body: Schemas['CheckInput'],
): Promise<ExitCode> {
  const call = session.client.PUT('/v1/checks/{check}', {
    params: { path: { check }, query: { dryRun: true } },
    body,
  });
  // With dryRun no other answer comes.
  const answer = (await ask(call)) as Answer<CheckDryRun>;
  return session.show(answer, (dryRun) => printDryRun(session, check, dryRun));
}

function printDryRun(
  session: Session,
  check: string,
  { changes, weaker, secondPerson, judged, complete, verdicts }: CheckDryRun,
): void {
  if (changes.length === 0) {
    session.print(`Nothing would change: ${check} says this already.`);
    return;
  }
  session.print(`What would change in ${check}:\n${describeChanges(changes, session.colours)}`);
  if (weaker.length > 0) {
    const lines = weaker.map(({ pointer, detail }) => `  ${pointer}: ${detail}`);
    session.print(`It would be weaker:\n${lines.join('\n')}`);
  }
  if (secondPerson) session.print('It would wait for a second person; give a --reason.');
  if (verdicts.length === 0) session.print('No candidate would change its verdict.');
  else {
    printItems(session, verdicts, {
      release: ({ product, version }) => `${product} ${version}`,
      ring: ({ ring }) => ring,
      now: ({ before }) => before,
      'with it': ({ after }) => after,
    });
  }
  const which = complete ? 'all of them' : 'the newest; there are more';
  session.note(`Judged ${judged} candidates, ${which}. Nothing was stored.`);
}

/** What to say of a put that waits; null for one that was made. */
export function describeWaiting(answer: object): string | null {
  if (!('wanted' in answer)) return null;
  const proposal = answer as CheckProposal;
  const { check, number, weaker } = proposal;
  const lines = weaker.map(({ pointer, detail }) => `  ${pointer}: ${detail}`);
  return `${describe(proposal)} It makes the check weaker:\n${lines.join('\n')}\nSomeone other than you can approve it: holdfast check approve ${check} ${number}`;
}

function describe({ check, number, status, decision }: CheckProposal): string {
  const by = decision ? ` by ${decision.by}` : '';
  return `Proposal ${number} for the check ${check} is ${status}${by}.`;
}

function describeRevision(revision: CheckRevision, { colours }: Session): string {
  const { at, by, approvedBy, reason, changes } = revision;
  const approved = approvedBy === null ? '' : `, approved by ${approvedBy}`;
  const why = reason === null ? '' : `\n  ${reason}`;
  const whole = revision.revision === 1 ? '\n  created' : `\n${describeChanges(changes, colours)}`;
  return `Revision ${revision.revision}, ${at}, by ${by}${approved}${why}${whole}`;
}
