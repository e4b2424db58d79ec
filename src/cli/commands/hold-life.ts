/** `hold activate`, `release`, `override` and `revoke-override`. */
import type { Command } from 'commander';
import { ask } from '../answer.ts';
import { asking, collect, type Declaring, declareAsking } from '../command.ts';
import { describeHold } from '../output/hold.ts';
import type { Session } from '../session.ts';

interface ReleaseOptions {
  reason: string;
  pastConditionReason?: string;
}

interface OverrideOptions {
  versions?: string;
  ring?: string[];
  reason: string;
  expiresAt: string;
}

export function addHoldLifeCommands(group: Command, declaring: Declaring): void {
  declareAsking(group, 'activate <id>', {
    does: 'let a hold hold: the gate answers held instead of known faulty (a public one: by an approver who did not edit it last)',
    examples: ['holdfast hold activate 12 --reason "Reproduced on six machines."'],
  })
    .requiredOption('--reason <text>', 'why')
    .action(
      asking(declaring, async (session, hold: string, { reason }: { reason: string }) => {
        const call = session.client.POST('/v1/holds/{hold}/activation', {
          params: { path: { hold } },
          body: { reason },
        });
        return session.show(await ask(call), (after) => session.print(describeHold(after)));
      }),
    );

  declareAsking(group, 'release <id>', {
    does: 'end a hold, once its checks are proven and pass on a release without the fault',
    examples: [
      'holdfast hold release 12 --reason "7.16 starts beside every version of that driver."',
      'holdfast hold release 12 --reason "Nobody has it." --past-condition-reason "The vendor took the driver back."',
    ],
  })
    .requiredOption('--reason <text>', 'why')
    .option('--past-condition-reason <text>', 'why, though its condition is not met; approvers')
    .action(asking(declaring, releaseHold));

  declareAsking(group, 'override <id>', {
    does: 'let a hold not apply to some versions or rings for a while',
    examples: [
      'holdfast hold override 12 --ring canary --reason "Two lab machines reproduce it." --expires-at 2026-12-01T00:00:00Z',
    ],
  })
    .option('--versions <range>', 'the versions that it is not to hold (else all)')
    .option('--ring <ring>', 'a ring in which it is not to hold, may be repeated', collect)
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--expires-at <instant>', 'until when, as in 2026-12-01T00:00:00Z')
    .action(asking(declaring, overrideHold));

  declareAsking(group, 'revoke-override <id> <override>', {
    does: 'let a hold apply again where it was overridden',
    examples: ['holdfast hold revoke-override 12 3 --reason "It was reproduced."'],
  })
    .requiredOption('--reason <text>', 'why')
    .action(asking(declaring, revokeOverride));
}

async function releaseHold(
  session: Session,
  hold: string,
  { reason, pastConditionReason }: ReleaseOptions,
) {
  const call = session.client.POST('/v1/holds/{hold}/release', {
    params: { path: { hold } },
    body: { reason, pastConditionReason },
  });
  return session.show(await ask(call), (after) => session.print(describeHold(after)));
}

async function overrideHold(
  session: Session,
  hold: string,
  { versions, ring: rings, reason, expiresAt }: OverrideOptions,
) {
  const call = session.client.POST('/v1/holds/{hold}/overrides', {
    params: { path: { hold } },
    body: { versions, rings, reason, expiresAt },
  });
  return session.show(await ask(call), ({ overrides: [newest] }) => {
    if (!newest) return;
    const where = [newest.versions ?? 'every version', newest.rings?.join(', ') ?? 'every ring'];
    session.print(
      `Override ${newest.id}: hold ${hold} does not apply to ${where.join(' in ')} until ${newest.expiresAt}.`,
    );
  });
}

async function revokeOverride(
  session: Session,
  hold: string,
  override: string,
  { reason }: { reason: string },
) {
  const call = session.client.POST('/v1/holds/{hold}/overrides/{override}/revocation', {
    params: { path: { hold, override } },
    body: { reason },
  });
  return session.show(await ask(call), () =>
    session.print(`Hold ${hold} applies again where override ${override} let it not.`),
  );
}
