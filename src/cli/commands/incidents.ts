/** `incident create`, `show`, `list`, `edit` and `revisions`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { mergePatch } from '../../documents/merge-patch.ts';
import { completeRecord, type IncidentInput } from '../../incidents/record.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking, wholeNumber } from '../command.ts';
import { describeChanges } from '../output/changes.ts';
import { describeDocument } from '../output/document.ts';
import { putDocument } from '../put-document.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import { contentOf } from '../shown-document.ts';
import {
  type IncidentStatus,
  incidentStatusOption,
  type Severity,
  severityOption,
} from './choices.ts';
import { addTransitionCommands } from './incident-transitions.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type Schemas = components['schemas'];
type IncidentPatch = Schemas['IncidentPatch'];

interface IncidentFilter extends ListOptions {
  status?: IncidentStatus;
  severity?: Severity;
  product?: string;
  check?: string;
  query?: string;
}

export function addIncidentCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'incident', {
    does: 'records of faulty releases and near misses',
    examples: ['holdfast incident create --file incident.json'],
  });

  declareAsking(group, 'create', {
    does: 'log an incident, as a draft; its checks bind the gate at once',
    examples: ['holdfast incident create --file incident.json'],
  })
    .requiredOption('--file <file>', 'what is known of it, in JSON or YAML')
    .action(asking(declaring, createIncident));

  declareAsking(group, 'show <key>', {
    does: 'show the whole record',
    examples: ['holdfast incident show HF-2024-0001'],
  }).action(
    asking(declaring, async (session, incident: string) =>
      session.show(
        await ask(
          session.client.GET('/v1/incidents/{incident}', { params: { path: { incident } } }),
        ),
        (document) => session.print(describeDocument(document)),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list incidents, the last changed first',
      examples: ['holdfast incident list --status in_review'],
    })
      .addOption(incidentStatusOption())
      .addOption(severityOption())
      .option('--product <key>', 'only those that affect this product')
      .option('--check <key>', 'only those that name this check')
      .option('--query <words>', 'words to look for in title, summary and key'),
  ).action(asking(declaring, listIncidents));

  declareAsking(group, 'edit <key>', {
    does: 'change fields of a record; null takes a field back (JSON merge patch)',
    examples: [
      'holdfast incident edit HF-2024-0001 --file changes.yaml',
      'holdfast incident show HF-2024-0001 > record.yaml  # edit it, then',
      'holdfast incident edit HF-2024-0001 --file record.yaml',
    ],
  })
    .requiredOption('--file <file>', 'the fields to change, or what show printed, in JSON or YAML')
    .option(
      '--revision <number>',
      'change nothing unless this is the revision that you have read (else the newest is changed)',
      wholeNumber,
    )
    .action(asking(declaring, editIncident));

  addTransitionCommands(group, declaring);

  withListOptions(
    declareAsking(group, 'revisions <key>', {
      does: 'list what changed in a record, the newest change first',
      examples: ['holdfast incident revisions HF-2024-0001 --limit 3'],
    }),
  ).action(asking(declaring, listRevisions));
}

async function createIncident(session: Session, { file }: { file: string }) {
  const body = await readDocument<IncidentInput>(file);
  return session.show(
    await ask(session.client.POST('/v1/incidents', { body })),
    ({ key, severity, title }) => {
      session.note(`Logged as a draft: ${severity}, ${title}`);
      session.print(key);
    },
  );
}

async function listIncidents(session: Session, options: IncidentFilter) {
  const { status, severity, product, check, query: q, limit, cursor } = options;
  const call = session.client.GET('/v1/incidents', {
    params: { query: { status, severity, product, check, q, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    key: (incident) => incident.key,
    severity: (incident) => incident.severity,
    status: (incident) => incident.status,
    products: (incident) => incident.products.join('\n'),
    title: (incident) => incident.title,
  });
}

async function editIncident(
  session: Session,
  incident: string,
  { file, revision }: { file: string; revision?: number },
) {
  const { content: body, revision: shown } = contentOf(await readDocument<IncidentPatch>(file), {
    file,
    key: incident,
    kept: Object.keys(keptByService),
  });
  const path = { incident };
  return putDocument(session, {
    name: incident,
    file,
    revision: revision ?? shown,
    read: () => ask(session.client.GET('/v1/incidents/{incident}', { params: { path } })),
    write: (etag) =>
      ask(
        session.client.PATCH('/v1/incidents/{incident}', {
          params: { path, header: { 'If-Match': etag } },
          headers: { 'content-type': 'application/merge-patch+json' },
          body,
        }),
      ),
    wanted: (now) => completeRecord(mergePatch(now, body) as IncidentInput),
  });
}

type Kept = Exclude<keyof Schemas['Incident'], keyof Schemas['IncidentRecord']>;

const keptByService: Record<Kept, true> = {
  key: true,
  status: true,
  revision: true,
  publishedRevision: true,
  createdAt: true,
  createdBy: true,
  updatedAt: true,
  updatedBy: true,
  publishedAt: true,
  withdrawal: true,
  editors: true,
  corrections: true,
  durations: true,
  proofs: true,
  warnings: true,
};

async function listRevisions(session: Session, incident: string, { limit, cursor }: ListOptions) {
  const call = session.client.GET('/v1/incidents/{incident}/revisions', {
    params: { path: { incident }, query: { limit, cursor } },
  });
  return session.show(await ask(call), ({ items, next }) => {
    for (const { revision, at, by, status, note, changes } of items) {
      session.print(`Revision ${revision}, ${at}, ${by}: ${status}${note ? `, "${note}"` : ''}`);
      if (changes.length > 0) session.print(describeChanges(changes, session.colours));
    }
    if (next !== undefined) session.note(`There are more: repeat it with --cursor ${next}`);
  });
}
