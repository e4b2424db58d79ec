/** `hold propose`, `create`, `edit`, `show` and `list`; and their life and their evaluation. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { describeDocument } from '../output/document.ts';
import { describeHold } from '../output/hold.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import { type HoldState, holdStateOption } from './choices.ts';
import { addHoldEditCommand, holdFieldsHelp } from './hold-edit.ts';
import { addHoldEvaluationCommand } from './hold-evaluation.ts';
import { addHoldLifeCommands } from './hold-life.ts';
import { type ListOptions, printItems, showPage, withListOptions } from './listing.ts';

type Schemas = components['schemas'];
type Hold = Schemas['Hold'];

interface HoldFilter extends ListOptions {
  product?: string;
  state?: HoldState;
  incident?: string;
}

export function addHoldCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'hold', {
    does: 'rules that keep a release from the machines on which it would do harm',
    examples: ['holdfast hold list --product sensor --state active'],
  });

  declareAsking(group, 'propose <incident>', {
    does: "propose the holds that an incident's drivers and conditions lead to, internal until edited",
    examples: ['holdfast hold propose HF-2025-0001'],
  }).action(asking(declaring, proposeHolds));

  declareAsking(group, 'create', {
    does: 'propose a hold by hand',
    examples: ['holdfast hold create --file hold.yaml'],
  })
    .requiredOption('--file <file>', 'the hold, in JSON or YAML')
    .addHelpText(
      'after',
      `\nFields:\n  incident: HF-2026-0001\n  product: acme-sensor\n${holdFieldsHelp}`,
    )
    .action(
      asking(declaring, async (session, { file }: { file: string }) => {
        const body = await readDocument<Schemas['HoldInput']>(file);
        const answer = await ask(session.client.POST('/v1/holds', { body }));
        return session.show(answer, (hold) => {
          session.print(describeHold(hold));
          noteActivation(session, hold);
        });
      }),
    );

  addHoldEditCommand(group, declaring);

  declareAsking(group, 'show <id>', {
    does: 'show a hold with its history',
    examples: ['holdfast hold show 12'],
  }).action(
    asking(declaring, async (session, hold: string) =>
      session.show(
        await ask(session.client.GET('/v1/holds/{hold}', { params: { path: { hold } } })),
        (document) => session.print(describeDocument(document)),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list the holds',
      examples: ['holdfast hold list --product sensor --state active'],
    })
      .option('--product <key>', 'only those of this product')
      .addOption(holdStateOption())
      .option('--incident <key>', 'only those of this incident'),
  ).action(
    asking(declaring, async (session, filter: HoldFilter) => {
      const { product, state, incident, limit, cursor } = filter;
      const call = session.client.GET('/v1/holds', {
        params: { query: { product, state, incident, limit, cursor } },
      });
      return showPage(session, await ask(call), columns);
    }),
  );

  addHoldLifeCommands(group, declaring);
  addHoldEvaluationCommand(group, declaring);
}

const columns = {
  id: ({ id }: Hold) => id,
  state: ({ state }: Hold) => state,
  product: ({ product }: Hold) => product,
  versions: ({ versions }: Hold) => versions,
  incident: ({ incident, severity }: Hold) => `${incident} (${severity})`,
  title: ({ title }: Hold) => title ?? '',
};

async function proposeHolds(session: Session, incident: string) {
  const call = session.client.POST('/v1/incidents/{incident}/holds', {
    params: { path: { incident } },
  });
  const answer = await ask(call);
  return session.show(answer, ({ items }) => {
    printItems(session, items, columns);
    if (answer.kind === 'granted' && answer.status === 200) {
      session.note('All of them were proposed before.');
    }
    for (const hold of items) noteActivation(session, hold);
  });
}

function noteActivation(session: Session, { id, state, visibility }: Hold): void {
  if (state !== 'proposed') return;
  const who = visibility === 'public' ? ' (by an approver who did not write it)' : '';
  session.note(`It holds nothing yet: holdfast hold activate ${id} --reason "…"${who}`);
}
