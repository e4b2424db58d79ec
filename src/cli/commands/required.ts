/** `required`: the checks that a release must pass, asked before they are run. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { type Answer, ask } from '../answer.ts';
import { asking, collect, type Declaring, declareAsking } from '../command.ts';
import { describeReasons } from '../output/reasons.ts';
import type { Session } from '../session.ts';
import { describeVariant } from '../variant.ts';
import { type ReleaseKind, releaseKindOption } from './choices.ts';
import { printItems } from './listing.ts';

type RequiredChecks = components['schemas']['RequiredChecks'];
type Requirement = RequiredChecks['items'][number];

interface RequiredOptions {
  ring?: string;
  kind?: ReleaseKind;
  component?: string[];
  platform?: string[];
  path?: string[];
}

export function addRequiredCommand(program: Command, declaring: Declaring): void {
  declareAsking(program, 'required <product> [version]', {
    does: 'list the checks to run, before running them; a fact left out removes no check',
    examples: [
      'holdfast required sensor-content 291.20240812.900 --ring canary',
      'holdfast required sensor-content --kind content --component template-instances',
    ],
  })
    .option('--ring <ring>', "the ring asked about (else the product's last one)")
    .addOption(releaseKindOption())
    .option('--component <name>', 'a component it touches; may be given several times', collect)
    .option('--platform <name>', 'a platform it is for; may be given several times', collect)
    .option('--path <path>', 'a path that changed; may be given several times', collect)
    .action(asking(declaring, required));
}

async function required(
  session: Session,
  product: string,
  version: string | undefined,
  options: RequiredOptions,
) {
  const answer = await askFor(session, product, version, options);
  return session.show(answer, (list) => {
    session.print(`${product}${list.version ? ` ${list.version}` : ''}, ring ${list.ring}`);
    if (list.items.length === 0) {
      session.print('Nothing is required.');
      return;
    }
    session.print('');
    printItems(session, list.items, {
      check: (item) => (item.enforcement === 'advisory' ? `${item.check} (advisory)` : item.check),
      variant: (item) => describeVariant(item.variant),
      'guards against': (item) => describeReasons(item.guardsAgainst),
      'how to run': howToRun,
      why: whyAsked,
    });
  });
}

/** A registered release is asked about as it is; facts on the command line, and versions yet to come, are a plan. */
async function askFor(
  session: Session,
  product: string,
  version: string | undefined,
  { ring, kind, component: components, platform: platforms, path: changedPaths }: RequiredOptions,
): Promise<Answer<RequiredChecks>> {
  const { client } = session;
  const facts = { kind, components, platforms, changedPaths };
  const saysNothing = Object.values(facts).every((fact) => fact === undefined);
  if (version !== undefined && saysNothing) {
    const answer = await ask(
      client.GET('/v1/products/{product}/releases/{version}/required-checks', {
        params: { path: { product, version }, query: { ring } },
      }),
    );
    if (answer.kind === 'granted' || answer.status !== 404) return answer;
  }
  const plan = await ask(
    client.POST('/v1/products/{product}/required-checks', {
      params: { path: { product } },
      body: { ...facts, version, ring },
    }),
  );
  if (plan.kind === 'granted' && version !== undefined && saysNothing) {
    session.note(
      `${version} is not registered; this is what a release of which nothing is known must pass.`,
    );
  }
  return plan;
}

function whyAsked({ appliesBecause, heldBy }: Requirement): string {
  if (heldBy.length === 0) return appliesBecause;
  const holds = heldBy.length === 1 ? 'hold' : 'holds';
  return `${appliesBecause} It need not run: ${holds} ${heldBy.join(', ')} keep${heldBy.length === 1 ? 's' : ''} the release from every machine that it is asked on.`;
}

function howToRun({ howToRun: { command, url, steps } }: Requirement): string {
  return [command, url, steps].filter(Boolean).join('\n') || 'not said';
}
