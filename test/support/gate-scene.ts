/** A product with a check and a release, put over HTTP: the least that a question to the gate needs. */
import type { Client, TestService } from './service.ts';
import { testService } from './service.ts';

export const product = {
  name: 'Sensor content',
  versionScheme: 'intdot',
  components: ['templates', 'interpreter'],
  rings: ['internal', 'canary', 'general'],
  platforms: ['windows', 'linux'],
};

export const check = {
  title: 'A host restarts twice after the update',
  purpose: 'A host must come up twice after it took the update.',
  kind: 'automated',
  enforcement: 'required',
  appliesTo: { products: ['content'] },
  owner: 'release-engineering',
};

export const incident = {
  title: 'Hosts stop at start after a content update',
  severity: 'sev1',
  affected: [{ product: 'content', versions: 'vers:intdot/>=1.0|<1.5', fixedIn: ['1.5'] }],
  checks: [
    { check: 'boots-twice', why: 'A host that cannot start is seen before anything ships.' },
  ],
};

export const release = '/v1/products/content/releases/2.0';

export interface Scene {
  service: TestService;
  engineer: Client;
}

/** The product `content`, the check `boots-twice` and the release 2.0 with `facts`. */
export async function gateScene(
  facts: object = { kind: 'content' },
  given?: TestService,
): Promise<Scene> {
  const service = given ?? (await testService());
  const engineer = await service.as('engineer');
  await expectCreated(engineer.put('/v1/products/content', product));
  await expectCreated(engineer.put('/v1/checks/boots-twice', check));
  await expectCreated(engineer.put(release, facts));
  return { service, engineer };
}

/** Throws, with what was said instead, unless something was created or changed. */
export async function expectCreated<R extends { status: number; body: unknown }>(
  reply: Promise<R>,
): Promise<R> {
  const settled = await reply;
  if (settled.status >= 300) throw new Error(JSON.stringify(settled.body));
  return settled;
}

/** One result of `boots-twice` for release 2.0. */
export async function submit(client: Client, outcome: string, more: object = {}): Promise<void> {
  const results = [{ check: 'boots-twice', outcome, ...more }];
  await expectCreated(client.post(`${release}/results`, { results }));
}
