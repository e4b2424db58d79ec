/** `release put`, `show` and `list`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { describeDocument } from '../output/document.ts';
import { putDocument } from '../put-document.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type ReleaseInput = components['schemas']['ReleaseInput'];

const release = '/v1/products/{product}/releases/{version}';

export function addReleaseCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'release', {
    does: 'versions of products, with their facts',
    examples: ['holdfast release put sensor-content 291.20240812.900 --file release.json'],
  });

  declareAsking(group, 'put <product> <version>', {
    does: 'register a release, or replace its facts; every set of facts is kept',
    examples: ['holdfast release put sensor-content 291.20240812.900 --file release.json'],
  })
    .requiredOption('--file <file>', 'the facts, in JSON or YAML')
    .action(asking(declaring, putRelease));

  declareAsking(group, 'show <product> <version>', {
    does: 'show a release, with the rings it entered',
    examples: ['holdfast release show sensor-content 291.20240812.900'],
  }).action(
    asking(declaring, async (session, product: string, version: string) =>
      session.show(
        await ask(session.client.GET(release, { params: { path: { product, version } } })),
        (document) => session.print(describeDocument(document)),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list <product>', {
      does: "list a product's releases, the newest first",
      examples: ['holdfast release list sensor-content'],
    }),
  ).action(
    asking(declaring, async (session, product: string, { limit, cursor }: ListOptions) => {
      const call = session.client.GET('/v1/products/{product}/releases', {
        params: { path: { product }, query: { limit, cursor } },
      });
      return showPage(session, await ask(call), {
        version: ({ version }) => version,
        kind: ({ kind }) => kind ?? 'not said',
        'in rings': ({ shipments }) => shipments.map(({ ring }) => ring).join(', '),
        registered: ({ registeredAt }) => registeredAt,
        components: ({ components }) => components?.join(', ') ?? 'not said',
        'changed paths': ({ changedPathCount }) => String(changedPathCount ?? 'not said'),
      });
    }),
  );
}

async function putRelease(
  session: Session,
  product: string,
  version: string,
  { file }: { file: string },
) {
  const body = await readDocument<ReleaseInput>(file);
  const params = { path: { product, version } };
  return putDocument(session, {
    name: `the release ${product} ${version}`,
    file,
    read: () => ask(session.client.GET(release, { params })),
    // The last facts count, whoever put them.
    write: () => ask(session.client.PUT(release, { params, body })),
    wanted: () => body,
  });
}
