/** `token create`, `list` and `revoke`. */
import type { Command } from 'commander';
import { ask } from '../answer.ts';
import { asking, collect, type Declaring, declare, declareAsking } from '../command.ts';
import { instantAhead } from '../duration.ts';
import type { Session } from '../session.ts';
import { type Role, roleOption } from './choices.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

interface CreateOptions {
  role: Role;
  name: string;
  product?: string[];
  expiresAt?: string;
}

export function addTokenCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'token', {
    does: 'who may do what',
    examples: ['holdfast token create --role engineer --name "Ada Example"'],
  });

  declareAsking(group, 'create', {
    does: 'make a token, and print it this once, alone on stdout',
    examples: [
      'holdfast token create --role engineer --name "Ada Example"',
      'holdfast token create --role pipeline --name build-farm --product sensor-content',
    ],
  })
    .addOption(roleOption())
    .requiredOption('--name <name>', 'who uses it; tokens of one name are one person')
    .option('--product <key>', 'bind it to this product; may be given several times', collect)
    .option(
      '--expires-at <when>',
      'when it ends, as in 2027-06-01T00:00:00Z, or how far ahead, as in 90d (else never)',
      (text) => instantAhead(text),
    )
    .action(asking(declaring, createToken));

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list the tokens, without their secrets',
      examples: ['holdfast token list'],
    }),
  ).action(
    asking(declaring, async (session, { limit, cursor }: ListOptions) => {
      const call = session.client.GET('/v1/tokens', { params: { query: { limit, cursor } } });
      return showPage(session, await ask(call), {
        id: ({ id }) => id,
        role: ({ role }) => role,
        name: ({ name }) => name,
        products: ({ products }) => products?.join(', ') ?? 'all',
        'last used': ({ lastUsedAt }) => lastUsedAt ?? 'never',
        ends: ({ revokedAt, expiresAt }) =>
          revokedAt ? `revoked ${revokedAt}` : (expiresAt ?? 'never'),
      });
    }),
  );

  declareAsking(group, 'revoke <id>', {
    does: 'stop a token from working',
    examples: ['holdfast token revoke 7'],
  }).action(
    asking(declaring, async (session, token: string) => {
      const call = session.client.DELETE('/v1/tokens/{token}', { params: { path: { token } } });
      return session.show(await ask(call), () => session.print(`Token ${token} is revoked.`));
    }),
  );
}

async function createToken(session: Session, options: CreateOptions) {
  const { role, name, product: products, expiresAt } = options;
  const call = session.client.POST('/v1/tokens', { body: { role, name, products, expiresAt } });
  return session.show(await ask(call), ({ id, token, ...made }) => {
    const scope = made.products ? ` for ${made.products.join(', ')}` : '';
    session.note(`Token ${id}: ${made.role} ${made.name}${scope}. It is shown this once:`);
    session.print(token);
  });
}
