/** `product put`, `show` and `list`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { completeProduct } from '../../products/product.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { describeDocument } from '../output/document.ts';
import { putDocument } from '../put-document.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type ProductInput = components['schemas']['ProductInput'];

export function addProductCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'product', {
    does: 'what is released',
    examples: ['holdfast product put sensor-content --file product.json'],
  });

  declareAsking(group, 'put <key>', {
    does: 'create or replace a product',
    examples: ['holdfast product put sensor-content --file product.json'],
  })
    .requiredOption('--file <file>', 'the product, in JSON or YAML')
    .action(asking(declaring, putProduct));

  declareAsking(group, 'show <key>', {
    does: 'show a product',
    examples: ['holdfast product show sensor-content'],
  }).action(
    asking(declaring, async (session, product: string) =>
      session.show(
        await ask(session.client.GET('/v1/products/{product}', { params: { path: { product } } })),
        (document) => session.print(describeDocument(document)),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list the products',
      examples: ['holdfast product list'],
    }),
  ).action(
    asking(declaring, async (session, { limit, cursor }: ListOptions) => {
      const call = session.client.GET('/v1/products', { params: { query: { limit, cursor } } });
      return showPage(session, await ask(call), {
        key: ({ key }) => key,
        versions: ({ versionScheme }) => versionScheme,
        rings: ({ rings }) => rings.join(', '),
        name: ({ name }) => name,
      });
    }),
  );
}

async function putProduct(session: Session, product: string, { file }: { file: string }) {
  const body = await readDocument<ProductInput>(file);
  const path = { product };
  return putDocument(session, {
    name: `the product ${product}`,
    file,
    read: () => ask(session.client.GET('/v1/products/{product}', { params: { path } })),
    write: (etag) =>
      ask(
        session.client.PUT('/v1/products/{product}', {
          params: { path, header: { 'If-Match': etag } },
          body,
        }),
      ),
    wanted: () => completeProduct(body),
  });
}
