/** `waiver request`, `approve`, `revoke` and `list`. */
import { type Command, InvalidArgumentError } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import type { Variant } from '../../gate/facts.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { instantAhead, readDuration } from '../duration.ts';
import type { Session } from '../session.ts';
import { collectVariant, describeVariant } from '../variant.ts';
import { type WaiverStatus, waiverStatusOption } from './choices.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type Waiver = components['schemas']['Waiver'];

interface RequestOptions {
  check: string;
  variant?: Variant;
  versions?: string;
  reason: string;
  expiresAt: string;
  ticketUrl?: string;
}

interface WaiverFilter extends ListOptions {
  product?: string;
  version?: string;
  check?: string;
  status?: WaiverStatus;
  /** Milliseconds. */
  expiring?: number;
}

export function addWaiverCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'waiver', {
    does: 'permissions to ship without one requirement',
    examples: ['holdfast waiver list --status active'],
  });

  declareAsking(group, 'request <product> <version>', {
    does: 'ask for a waiver',
    examples: [
      'holdfast waiver request sensor-content 291.20240812.900 --check channel-boot-loop --variant os=windows-10 --reason "The lab is down until Thursday." --expires-at 3d',
      'holdfast waiver request sensor 7.18.1 --check driver-audio --versions "vers:intdot/>=7.18|<7.19" --reason "The vendor fixes its driver in March." --expires-at 2027-02-01T00:00:00Z',
    ],
  })
    .requiredOption('--check <key>', 'the check to do without')
    .option('--variant <name=value>', 'only for this variant (else for all)', collectVariant)
    .option(
      '--versions <range>',
      'for every version in this range, not with sev1 or sev2 at risk (else for this one alone)',
    )
    .requiredOption('--reason <text>', 'why')
    .requiredOption(
      '--expires-at <when>',
      'until when, as in 2026-12-01T00:00:00Z, or how far ahead, as in 7d',
      (text) => instantAhead(text),
    )
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
      examples: [
        'holdfast waiver list --product sensor-content --status active',
        'holdfast waiver list --expiring 7d',
      ],
    })
      .option('--product <key>', "only those on this product's releases")
      .option('--version <version>', 'only those that speak of this version; goes with --product')
      .option('--check <key>', 'only those of this check')
      .addOption(waiverStatusOption())
      .option(
        '--expiring <duration>',
        'only those that end within this time, as in 36h or 7d, the first to end first',
        duration,
      ),
  ).action(asking(declaring, listWaivers));
}

async function requestWaiver(
  session: Session,
  product: string,
  version: string,
  { check, variant, versions, reason, expiresAt, ticketUrl }: RequestOptions,
) {
  const call = session.client.POST('/v1/products/{product}/releases/{version}/waivers', {
    params: { path: { product, version } },
    body: { check, variant, versions, reason, expiresAt, ticketUrl },
  });
  return session.show(await ask(call), (waiver) => {
    session.print(describe(waiver));
    if (waiver.status !== 'requested') return;
    const who = waiver.secondPerson ? 'Someone other than you' : 'An approver';
    session.note(`${who} can approve it: holdfast waiver approve ${waiver.id}`);
  });
}

async function listWaivers(session: Session, options: WaiverFilter) {
  const { product, version, check, status, expiring, limit, cursor } = options;
  const expiresBefore =
    expiring === undefined ? undefined : new Date(Date.now() + expiring).toISOString();
  const call = session.client.GET('/v1/waivers', {
    params: { query: { product, version, check, status, expiresBefore, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    id: (waiver) => waiver.id,
    status: (waiver) => waiver.status,
    release: (waiver) => `${waiver.product} ${waiver.versions ?? waiver.version}`,
    check: (waiver) => waiver.check,
    variant: (waiver) => describeVariant(waiver.variant) || 'all',
    risks: (waiver) => waiver.risks ?? 'nothing recorded',
    asked: (waiver) => waiver.requestedBy,
    approved: (waiver) => waiver.approval?.by ?? '',
    expires: (waiver) => waiver.expiresAt,
    reason: (waiver) => waiver.reason,
  });
}

function duration(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds !== null) return milliseconds;
  throw new InvalidArgumentError('Give a whole number with its unit: 36h or 7d.');
}

function describe({ id, status, check, variant, product, version, ...waiver }: Waiver): string {
  const where = variant ? ` on ${describeVariant(variant)}` : '';
  const risk = waiver.risks ? `, risking ${waiver.risks} (${waiver.severity})` : '';
  return `Waiver ${id} is ${status}: ${product} ${waiver.versions ?? version} without ${check}${where}, until ${waiver.expiresAt}${risk}.`;
}
