/** `hold edit`: what a hold is to say instead, from what `hold show` printed or from the fields that change. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { mergePatch } from '../../documents/merge-patch.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import { AskedWrongly } from '../exit-code.ts';
import { describeHold } from '../output/hold.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';

type Schemas = components['schemas'];
type Hold = Schemas['Hold'];

interface EditOptions {
  file: string;
  reason?: string;
}

/** The fields of a hold that a person writes, as an example. */
export const holdFieldsHelp = `  versions: vers:intdot/>=7.41|<7.41.2   # of the product that it keeps away
  title: Kept from machines with the camera driver.
  visibility: internal                   # or public
  match:                                 # all of allOf, any of anyOf, none of noneOf
    anyOf:
      - driver: camco-virtual-camera     # the key of a recorded driver
        versions: vers:intdot/>=4.2|<4.3 # left out: every one
        versionOf: file                  # or product, package
    allOf:
      - conditions: { platforms: [windows] }
  releaseWhen:
    inWords: 7.41.2 passes the canary beside it.
    checks: [camera-canary]
  reason: The vendor's 4.3 was tested and runs.`;

export function addHoldEditCommand(group: Command, declaring: Declaring): void {
  declareAsking(group, 'edit <id>', {
    does: 'change a proposed hold: the fields in the file, or all that "hold show" prints',
    examples: [
      'holdfast hold show 12 > hold.yaml; holdfast hold edit 12 --file hold.yaml --reason "4.3 runs."',
      'holdfast hold edit 12 --file changes.yaml',
    ],
  })
    .requiredOption('--file <file>', 'the fields to change, in JSON or YAML; a list is given whole')
    .option('--reason <text>', 'why (else the reason in the file)')
    .addHelpText('after', `\nFields:\n${holdFieldsHelp}`)
    .action(asking(declaring, editHold));
}

async function editHold(session: Session, id: string, { file, reason }: EditOptions) {
  const said = await readDocument<Record<string, unknown>>(file);
  const path = { hold: id };
  const before = await ask(session.client.GET('/v1/holds/{hold}', { params: { path } }));
  if (before.kind === 'refused') return session.refuse(before);
  const call = session.client.PUT('/v1/holds/{hold}', {
    params: { path, header: { 'If-Match': before.etag } },
    body: replacement(before.data, { ...said, ...(reason !== undefined && { reason }) }),
  });
  return session.show(await ask(call), (after) => {
    const same = after.revision === before.data.revision;
    session.print(same ? `Nothing changed: hold ${id} stays as it is.` : describeHold(after));
  });
}

/** The whole hold that is sent. Throws `AskedWrongly` where the file was made of another one. */
function replacement(now: Hold, said: Record<string, unknown>): Schemas['HoldReplacement'] {
  for (const name of ['id', 'product', 'incident', 'revision'] as const) {
    if (said[name] === undefined || said[name] === now[name]) continue;
    throw new AskedWrongly(
      name === 'revision'
        ? `Hold ${now.id} changed since: it has revision ${now.revision} now, and the file is of ${said[name]}. Show it again, and repeat the change.`
        : `Hold ${now.id} keeps its ${name} ${now[name]}, and the file says ${said[name]}. Propose another hold instead.`,
    );
  }
  if (said.reason === undefined) {
    throw new AskedWrongly('Say why it changes: with --reason, or as reason in the file.');
  }
  const { versions, title, visibility, match, releaseWhen } = now;
  const changes = Object.fromEntries(Object.entries(said).filter(([name]) => !shownOnly.has(name)));
  const whole = mergePatch({ versions, title, visibility, match, releaseWhen }, changes);
  return withoutBlanks(whole) as Schemas['HoldReplacement'];
}

/** What is shown of a hold, and nobody writes. */
const shownOnly: ReadonlySet<string> = new Set([
  ...['id', 'state', 'revision', 'product', 'incident', 'severity', 'reportUrl', 'createdAt'],
  ...['updatedAt', 'activatedAt', 'releasedAt', 'incidentChanged', 'history', 'overrides'],
]);

/** Terms are shown with everything that they could say, and sent with what they do. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([name, each]) => each !== null && name !== 'onMatch');
  return Object.fromEntries(said.map(([name, each]) => [name, withoutBlanks(each)]));
}
