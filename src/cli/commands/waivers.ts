/** `waiver request`, `approve`, `revoke` and `list`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import type { Variant } from '../../gate/facts.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import type { Session } from '../session.ts';
import { collectVariant, describeVariant } from '../variant.ts';
import { type WaiverStatus, waiverStatusOption } from './choices.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type Waiver = components['schemas']['Waiver'];

interface RequestOptions {
  check: string;
  variant?: Variant;
  reason: string;
  expiresAt: string;
  ticketUrl?: string;
}

interface WaiverFilter extends ListOptions {
  product?: string;
  version?: string;
  check?: string;
  status?: WaiverStatus;
}

export function addWaiverCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'waiver', {
    does: 'permissions to ship without one requirement',
    examples: ['holdfast waiver list --status active'],
  });

  declareAsking(group, 'request <product> <version>', {
    does: 'ask for a waiver',
    examples: [
      'holdfast waiver request sensor-content 291.20240812.900 --check channel-boot-loop --variant os=windows-10 --reason "The lab is down until Thursday." --expires-at 2026-12-01T00:00:00Z',
    ],
  })
    .requiredOption('--check <key>', 'the check to do without')
    .option('--variant <name=value>', 'only for this variant (else for all)', collectVariant)
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--expires-at <instant>', 'until when, as in 2026-12-01T00:00:00Z')
    .option('--ticket-url <url>', 'the ticket behind it; never public')
    .action(asking(declaring, requestWaiver));

  declareAsking(group, 'approve <id>', {
    does: 'approve a waiver',
    examples: ['holdfast waiver approve 12'],
  }).action(
    asking(declaring, async (session, waiver: string) => {
      const call = session.client.POST('/v1/waivers/{waiver}/approval', {
        params: { path: { waiver } },
      });
      return session.show(await ask(call), (approved) => session.print(describe(approved)));
    }),
  );

  declareAsking(group, 'revoke <id>', {
    does: 'take a waiver back',
    examples: ['holdfast waiver revoke 12 --reason "The lab is back; the check can run."'],
  })
    .requiredOption('--reason <text>', 'why')
    .action(
      asking(declaring, async (session, waiver: string, { reason }: { reason: string }) => {
        const call = session.client.POST('/v1/waivers/{waiver}/revocation', {
          params: { path: { waiver } },
          body: { reason },
        });
        return session.show(await ask(call), (revoked) => session.print(describe(revoked)));
      }),
    );

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list waivers, the newest request first',
      examples: ['holdfast waiver list --product sensor-content --status active'],
    })
      .option('--product <key>', "only those on this product's releases")
      .option('--version <version>', 'only those on this version; goes with --product')
      .option('--check <key>', 'only those of this check')
      .addOption(waiverStatusOption()),
  ).action(asking(declaring, listWaivers));
}

async function requestWaiver(
  session: Session,
  product: string,
  version: string,
  { check, variant, reason, expiresAt, ticketUrl }: RequestOptions,
) {
  const call = session.client.POST('/v1/products/{product}/releases/{version}/waivers', {
    params: { path: { product, version } },
    body: { check, variant, reason, expiresAt, ticketUrl },
  });
  return session.show(await ask(call), (waiver) => {
    session.print(describe(waiver));
    if (waiver.status !== 'requested') return;
    const who = waiver.secondPerson ? 'Someone other than you' : 'An approver';
    session.note(`${who} can approve it: holdfast waiver approve ${waiver.id}`);
  });
}

async function listWaivers(session: Session, options: WaiverFilter) {
  const { product, version, check, status, limit, cursor } = options;
  const call = session.client.GET('/v1/waivers', {
    params: { query: { product, version, check, status, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    id: (waiver) => waiver.id,
    status: (waiver) => waiver.status,
    release: (waiver) => `${waiver.product} ${waiver.version}`,
    check: (waiver) => waiver.check,
    variant: (waiver) => describeVariant(waiver.variant) || 'all',
    risks: (waiver) => waiver.risks ?? 'nothing recorded',
    expires: (waiver) => waiver.expiresAt,
    reason: (waiver) => waiver.reason,
  });
}

function describe({ id, status, check, variant, product, version, ...waiver }: Waiver): string {
  const where = variant ? ` on ${describeVariant(variant)}` : '';
  const risk = waiver.risks ? `, risking ${waiver.risks} (${waiver.severity})` : '';
  return `Waiver ${id} is ${status}: ${product} ${version} without ${check}${where}, until ${waiver.expiresAt}${risk}.`;
}
