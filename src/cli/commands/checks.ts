/** `check put`, `show` and `list`; how a check changes is in `check-changes.ts`. */
import type { Command } from 'commander';
import { completeCheck } from '../../checks/check.ts';
import type { components } from '../../contract/types.gen.ts';
import { type Answer, ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { describeDocument } from '../output/document.ts';
import { describeProof } from '../output/reasons.ts';
import { putDocument } from '../put-document.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import { addCheckChangeCommands, describeWaiting, dryRunCheck } from './check-changes.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type Check = components['schemas']['Check'];
type CheckInput = components['schemas']['CheckInput'];

export function addCheckCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'check', {
    does: 'what later releases must pass',
    examples: ['holdfast check put channel-boot-loop --file checks/channel-boot-loop.json'],
  });

  declareAsking(group, 'put <key>', {
    does: 'create or replace a check',
    examples: [
      'holdfast check put channel-boot-loop --file checks/channel-boot-loop.json',
      'holdfast check put channel-boot-loop --file checks/channel-boot-loop.json --dry-run',
      'holdfast check put channel-boot-loop --file checks/channel-boot-loop.json --reason "The lab has no Windows 10 host left."',
    ],
  })
    .requiredOption('--file <file>', 'the check, in JSON or YAML')
    .option('--reason <text>', 'why; needed where it makes a check of a grave incident weaker')
    .option('--dry-run', 'store nothing, and show which candidates would change their verdict')
    .action(asking(declaring, putCheck));

  declareAsking(group, 'show <key>', {
    does: 'show a check, with the incidents behind it',
    examples: ['holdfast check show channel-boot-loop'],
  }).action(
    asking(declaring, async (session, check: string) =>
      session.show(
        await ask(session.client.GET('/v1/checks/{check}', { params: { path: { check } } })),
        (document) => session.print(describeDocument(document)),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list the checks',
      examples: ['holdfast check list --product sensor-content'],
    }).option('--product <key>', 'only those that may apply to this product'),
  ).action(
    asking(declaring, async (session, options: ListOptions & { product?: string }) => {
      const { product, limit, cursor } = options;
      const call = session.client.GET('/v1/checks', {
        params: { query: { product, limit, cursor } },
      });
      return showPage(session, await ask(call), {
        key: ({ key }) => key,
        kind: ({ kind }) => kind,
        enforcement: ({ enforcement }) => enforcement,
        'guards against': ({ incidents, proofs }) => describeGuarded(incidents, proofs),
        title: ({ title }) => title,
      });
    }),
  );

  addCheckChangeCommands(group, declaring);
}

interface PutOptions {
  file: string;
  reason?: string;
  dryRun?: true;
}

/** A required canary or soak that says nothing of rings asks for machines in the field before any has the release. */
function noteFirstRing(session: Session, { kind, enforcement, appliesTo }: CheckInput): void {
  const inTheField = kind === 'canary' || kind === 'soak';
  if (!inTheField || enforcement !== 'required' || appliesTo?.rings !== undefined) return;
  session.note(
    `It is required in every ring, the first one too, which no machine has entered yet. To ask for it later, name the rings that come after: appliesTo: {rings: [general]}`,
  );
}

async function putCheck(session: Session, check: string, { file, reason, dryRun }: PutOptions) {
  const body = await readDocument<CheckInput>(file);
  const path = { check };
  if (dryRun) return dryRunCheck(session, check, body);
  const code = await putDocument(session, {
    name: `the check ${check}`,
    file,
    read: () => ask(session.client.GET('/v1/checks/{check}', { params: { path } })),
    write: (etag) =>
      ask(
        session.client.PUT('/v1/checks/{check}', {
          params: { path, query: { reason }, header: { 'If-Match': etag } },
          body,
        }),
        // Without dryRun no other answer comes.
      ) as Promise<Answer<Check>>,
    wanted: () => completeCheck(body),
    insteadOf: describeWaiting,
  });
  if (code === exitCodes.done) noteFirstRing(session, body);
  return code;
}

/** A line for each incident, `HF-2024-0001 (proven)`. */
function describeGuarded(incidents: Check['incidents'], proofs: Check['proofs']): string {
  const known = new Map(proofs.map(({ incident, proof }) => [incident, proof]));
  return incidents
    .map((incident) => {
      const proof = known.get(incident);
      return proof ? `${incident} (${describeProof(proof)})` : incident;
    })
    .join('\n');
}
