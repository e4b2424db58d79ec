/** `audit list`: who wrote what, when and from where. */
import type { Command } from 'commander';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

export function addAuditCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'audit', {
    does: 'the trail of every write',
    examples: ['holdfast audit list --subject /v1/incidents/HF-2024-0001'],
  });

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list writes, the newest first',
      examples: ['holdfast audit list --subject /v1/incidents/HF-2024-0001'],
    }).option('--subject <address>', 'only writes to this address, or below it'),
  ).action(
    asking(declaring, async (session, options: ListOptions & { subject?: string }) => {
      const { subject, limit, cursor } = options;
      const call = session.client.GET('/v1/audit', {
        params: { query: { subject, limit, cursor } },
      });
      return showPage(session, await ask(call), {
        at: (entry) => entry.at,
        by: (entry) => entry.by,
        role: (entry) => entry.role,
        operation: (entry) => entry.operation,
        subject: (entry) => entry.subject,
        from: (entry) => entry.remoteAddress ?? '',
      });
    }),
  );
}
