/** The operations that take JSON: what their bodies are made from, and how they are sent. */
import { operations } from '../access/every-operation.ts';
import { type FullBody, fullBody, nothing } from './full-body.ts';
import type { Scene } from './scene-of-examples.ts';

/** Every operation that takes JSON, with the schema that its body is made from. */
export const writing = operations.flatMap((operation) => {
  const { id } = operation;
  const { mediaType, schemaAt } = operation.body?.media[0] ?? {};
  if (!mediaType || !schemaAt) return [];
  // A merge patch may hold anything; what it is merged with may not.
  const madeFrom = id === 'updateIncident' ? '/components/schemas/IncidentRecord' : schemaAt;
  return [{ id, operation, mediaType, schemaAt, madeFrom }];
});

export type Writing = (typeof writing)[number];

const day = 86_400_000;
const soon = new Date(Date.now() + day).toISOString();

/** What has a meaning beyond its schema. */
export const fillings: Readonly<Record<string, unknown>> = {
  product: 'sensor-content',
  '/key': 'HF-2023-0001',
  os: 'windows-11',
  'products/0': 'sensor-content',
  check: 'channel-boot-loop',
  '/actions/0/checks/0': 'channel-boot-loop',
  driver: 'example-audio-bus',
  'components/0': 'template-types',
  'platforms/0': 'windows',
  'rings/0': 'canary',
  ring: 'canary',
  versions: 'vers:intdot/>=1|<2',
  osBuilds: 'vers:intdot/>=1|<2',
  noVersionsBecause: nothing,
  until: '2024-07-20T04:09:00Z',
  about: '/title',
  '/timeline/0/at': '2024-07-19T04:09:00Z',
  expiresAt: soon,
  effectiveFrom: soon,
  retiredAt: new Date(Date.now() + 2 * day).toISOString(),
  to: 'in_review',
};

/** The kind of check that has a minimum. */
const fillingsOf: Readonly<Record<string, object>> = {
  putCheck: { '/kind': 'canary' },
  createHold: { '/incident': 'HF-2024-9999', '/releaseWhen/checks/0': 'channel-boot-loop' },
  replaceHold: { '/releaseWhen/checks/0': 'channel-boot-loop' },
  // No range of versions is waived with sev1 at risk.
  requestWaiver: { '/versions': nothing },
};

/** Its body with every field filled. */
export function bodyOf({ id, madeFrom }: Writing): FullBody {
  const { body, places } = fullBody(madeFrom, { ...fillings, ...fillingsOf[id] });
  if (id !== 'updateIncident') return { body, places };
  // What lies deeper in a record is createIncident's to try.
  return { body, places: places.filter(({ pointer }) => pointer.split('/').length <= 2) };
}

let sent = 0;

/**
 * Sends JSON text to the operation; a change of what is there rests on whatever is there, and a record that brings a
 * key brings one that was never taken.
 */
export function send(
  { ask }: Pick<Scene, 'ask'>,
  { id, operation, mediaType }: Writing,
  address: string,
  text: string,
): Promise<Response> {
  const changesWhatIs = ['updateIncident', 'transitionIncident', 'replaceHold'].includes(id);
  const headers = { 'content-type': mediaType, ...(changesWhatIs && { 'if-match': '*' }) };
  sent += 1;
  const body = text.replace('"HF-2023-0001"', `"HF-2023-${1000 + sent}"`);
  return ask(address, { method: operation.method, headers, body });
}

/** The body with this JSON text in this place. */
export function textWith(body: unknown, pointer: string, raw: string): string {
  if (pointer === '') return raw;
  const steps = pointer.slice(1).split('/');
  const last = steps.pop() as string;
  const changed = structuredClone(body);
  // biome-ignore lint/suspicious/noExplicitAny: the place is one of this body's own
  const parent = steps.reduce((value: any, step) => value[step], changed);
  parent[last] = '<here>';
  return JSON.stringify(changed).replace('"<here>"', () => raw);
}
