/** `webhook create`, `list`, `show`, `change`, `pause`, `resume`, `rotate` and `delete`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { ask } from '../answer.ts';
import { asking, collect, type Declaring, declare, declareAsking } from '../command.ts';
import { AskedWrongly } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';
import { addWebhookDeliveryCommands } from './webhook-deliveries.ts';

type Webhook = components['schemas']['WebhookState'];

interface CreateOptions {
  product?: string[];
  description?: string;
}

interface ChangeOptions extends CreateOptions {
  to?: string;
  allProducts?: true;
}

export function addWebhookCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'webhook', {
    does: 'who is told when a verdict changes',
    examples: ['holdfast webhook create https://hooks.example.com/holdfast'],
  });
  addMakingCommands(group, declaring);
  addReadingCommands(group, declaring);
  addPausingCommands(group, declaring);
  addWebhookDeliveryCommands(group, declaring);
}

function addMakingCommands(group: Command, declaring: Declaring): void {
  declareAsking(group, 'create <address>', {
    does: 'make a webhook, and print its secret this once, alone on stdout',
    examples: [
      'holdfast webhook create https://hooks.example.com/holdfast',
      'holdfast webhook create https://hooks.example.com/holdfast --product sensor-content --description "The release channel"',
    ],
  })
    .option('--product <key>', 'only of this product; may be given several times', collect)
    .option('--description <text>', 'what it is for')
    .action(asking(declaring, createWebhook));

  declareAsking(group, 'change <id>', {
    does: 'change where a webhook is sent to, of what, or what it is for',
    examples: [
      'holdfast webhook change 3 --to https://hooks.example.com/other',
      'holdfast webhook change 3 --all-products',
    ],
  })
    .option('--to <address>', 'where to send to')
    .option('--product <key>', 'only of this product; may be given several times', collect)
    .option('--all-products', 'of every product')
    .option('--description <text>', 'what it is for')
    .action(asking(declaring, changeWebhook));

  declareAsking(group, 'rotate <id>', {
    does: 'make a new secret, and print it this once, alone on stdout; the old one also signs for another day',
    examples: ['holdfast webhook rotate 3', 'holdfast webhook rotate 3 --drop'],
  })
    .option('--drop', 'the old one leaked: end it at once')
    .action(
      asking(declaring, async (session, webhook: string, { drop }: { drop?: true }) => {
        const call = session.client.POST('/v1/webhooks/{webhook}/secret', {
          params: { path: { webhook }, query: { before: drop ? 'drop' : 'keep' } },
        });
        return session.show(await ask(call), ({ id, secret }) => {
          session.note(`The new secret of webhook ${id}, shown this once:`);
          session.print(secret);
        });
      }),
    );

  declareAsking(group, 'delete <id>', {
    does: 'delete a webhook, and forget its deliveries',
    examples: ['holdfast webhook delete 3'],
  }).action(
    asking(declaring, async (session, webhook: string) => {
      const path = { params: { path: { webhook } } };
      const call = session.client.DELETE('/v1/webhooks/{webhook}', path);
      return session.show(await ask(call), () => session.print(`Webhook ${webhook} is deleted.`));
    }),
  );
}

function addReadingCommands(group: Command, declaring: Declaring): void {
  withListOptions(
    declareAsking(group, 'list', {
      does: 'list the webhooks, without their secrets, the newest first',
      examples: ['holdfast webhook list'],
    }),
  ).action(
    asking(declaring, async (session, { limit, cursor }: ListOptions) => {
      const call = session.client.GET('/v1/webhooks', { params: { query: { limit, cursor } } });
      return showPage(session, await ask(call), {
        id: ({ id }) => id,
        status: statusOf,
        address: ({ url }) => url,
        products: productsOf,
        waiting: ({ waiting }) => String(waiting),
        'last received': ({ deliveredAt }) => deliveredAt ?? 'never',
        description: ({ description }) => description ?? '',
      });
    }),
  );

  declareAsking(group, 'show <id>', {
    does: 'show a webhook, and how its deliveries fare',
    examples: ['holdfast webhook show 3'],
  }).action(
    asking(declaring, async (session, webhook: string) => {
      const call = session.client.GET('/v1/webhooks/{webhook}', { params: { path: { webhook } } });
      return session.show(await ask(call), (found) => session.print(describe(found)));
    }),
  );
}

const statuses = [
  ['pause', 'paused', 'send nothing to a webhook; what happens meanwhile waits'],
  ['resume', 'active', 'send to a webhook again, and first what waits'],
] as const;

function addPausingCommands(group: Command, declaring: Declaring): void {
  for (const [name, status, does] of statuses) {
    declareAsking(group, `${name} <id>`, {
      does,
      examples: [`holdfast webhook ${name} 3`],
    }).action(
      asking(declaring, async (session, webhook: string) => {
        const call = session.client.PATCH('/v1/webhooks/{webhook}', {
          params: { path: { webhook } },
          body: { status },
        });
        return session.show(await ask(call), (changed) => session.print(describe(changed)));
      }),
    );
  }
}

async function createWebhook(
  session: Session,
  url: string,
  { product: products, description }: CreateOptions,
) {
  const call = session.client.POST('/v1/webhooks', { body: { url, products, description } });
  return session.show(await ask(call), ({ secret, ...made }) => {
    session.note(`${describe(made)}\nIts secret, shown this once:`);
    session.print(secret);
  });
}

async function changeWebhook(session: Session, webhook: string, options: ChangeOptions) {
  const { to: url, product, allProducts, description } = options;
  if (product && allProducts) throw new AskedWrongly('--product and --all-products contradict.');
  const products = allProducts ? null : product;
  const call = session.client.PATCH('/v1/webhooks/{webhook}', {
    params: { path: { webhook } },
    body: { url, products, description },
  });
  return session.show(await ask(call), (changed) => session.print(describe(changed)));
}

const reasons = {
  asked: 'paused',
  gone: 'paused: the receiver answered 410',
  failing: 'paused: nothing was received for three days',
};

function statusOf({ pausedBecause, failingSince }: Webhook): string {
  if (pausedBecause !== null) return reasons[pausedBecause];
  return failingSince === null ? 'active' : `failing since ${failingSince}`;
}

function productsOf({ products }: Webhook): string {
  return products?.join(', ') ?? 'all';
}

function describe(webhook: Webhook): string {
  const { id, url, description, waiting, deliveredAt } = webhook;
  const whatFor = description === null ? '' : `\n  what for   ${description}`;
  return `Webhook ${id}, ${statusOf(webhook)}
  sent to    ${url}
  products   ${productsOf(webhook)}${whatFor}
  waiting    ${waiting}
  received   ${deliveredAt ?? 'never'}`;
}
