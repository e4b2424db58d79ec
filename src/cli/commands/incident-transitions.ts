/** `incident submit`, `approve`, `publish`, `withdraw` and `return`: the steps of a record's life. */
import type { Command } from 'commander';
import { ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import type { IncidentStatus } from './choices.ts';

interface Step {
  name: string;
  to: IncidentStatus;
  does: string;
  /** What follows, for the person who did it. */
  next: (key: string) => string;
  example: string;
  noteNeeded?: true;
  /** Whether somebody answers for what customers will read. */
  agreed?: true;
}

const steps: readonly Step[] = [
  {
    name: 'submit',
    to: 'in_review',
    does: 'hand a draft in for review',
    agreed: true,
    next: () => 'Someone who did not edit it can approve it now.',
    example:
      'holdfast incident submit HF-2024-0001 --note "Times checked against the rollout log."',
  },
  {
    name: 'approve',
    to: 'approved',
    does: 'approve a record in review; for someone who did not edit it',
    agreed: true,
    next: () => 'It can be published now.',
    example: 'holdfast incident approve HF-2024-0001',
  },
  {
    name: 'publish',
    to: 'published',
    does: 'publish an approved record; for a correction, the note is its public reason',
    agreed: true,
    next: (key) => `Everyone can read it: holdfast report show ${key}`,
    example: 'holdfast incident publish HF-2024-0001',
  },
  {
    name: 'return',
    to: 'draft',
    does: 'send a record in review, or an approved one, back to draft',
    next: () => 'It can be edited and submitted again.',
    example: 'holdfast incident return HF-2024-0001 --note "The end of the outage is missing."',
  },
  {
    name: 'withdraw',
    to: 'withdrawn',
    does: 'withdraw a published record; its address stays, with the note as its notice',
    next: () => 'Its report says so from now on.',
    example: 'holdfast incident withdraw HF-2024-0001 --note "It was not our update."',
    noteNeeded: true,
  },
];

/** What can be done with a record that stands so. */
const possible: Readonly<Record<IncidentStatus, readonly string[]>> = {
  draft: ['submit'],
  in_review: ['approve', 'return'],
  approved: ['publish', 'return'],
  published: ['withdraw'],
  withdrawn: [],
};

export function addTransitionCommands(group: Command, declaring: Declaring): void {
  for (const step of steps) {
    const command = declareAsking(group, `${step.name} <key>`, {
      does: step.does,
      examples: [step.example],
    });
    const takesNote = ['--note <text>', 'what to say of this step'] as const;
    if (step.noteNeeded) command.requiredOption(...takesNote);
    else command.option(...takesNote);
    command.action(
      asking(declaring, (session, key: string, { note }: { note?: string }) =>
        move(session, key, step, note),
      ),
    );
  }
}

/** Moves the record as it is now: whoever changes it between reading and moving is noticed. */
async function move(
  session: Session,
  incident: string,
  { name, to, next, agreed }: Step,
  note: string | undefined,
): Promise<ExitCode> {
  const path = { incident };
  const read = await ask(session.client.GET('/v1/incidents/{incident}', { params: { path } }));
  if (read.kind === 'refused') return session.refuse(read);
  const call = session.client.POST('/v1/incidents/{incident}/transitions', {
    params: { path, header: { 'If-Match': read.etag } },
    body: { to, note },
  });
  const answer = await ask(call);
  if (answer.kind === 'refused' && answer.status === 409) {
    const code = session.refuse(answer);
    const steps = possible[read.data.status];
    if (steps.includes(name)) return code;
    for (const step of steps) session.note(`Next: holdfast incident ${step} ${incident}`);
    return code;
  }
  return session.show(answer, ({ key, status, revision, warnings }) => {
    session.print(`${key} is ${status} (revision ${revision}).`);
    if (agreed) for (const { detail } of warnings) session.note(`Mind: ${detail}`);
    session.note(next(key));
  });
}
