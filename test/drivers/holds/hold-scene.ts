/** An incident beside a driver, with everything that a hold of it needs, put over HTTP. */
import { expect } from 'vitest';
import type { IncidentInput } from '../../../src/incidents/record.ts';
import { type IncidentDesk, incidentDesk, preliminary } from '../../incidents/incident-desk.ts';
import { expectCreated } from '../../support/gate-scene.ts';
import type { Client } from '../../support/service.ts';

export interface HoldScene extends IncidentDesk {
  /** Proposes the one hold of the incident as ann; answers its id. */
  propose(incident: string): Promise<string>;
  /** Edits it as ann, so that everybody may read it. */
  makePublic(id: string): Promise<void>;
  /** Proposes it and makes it public as ann, and activates it as ben. */
  hold(incident: string): Promise<string>;
  /** As ben. */
  activate(id: string): Promise<void>;
  /** An answer of the gate about `sensor-content 7.1`. */
  // biome-ignore lint/suspicious/noExplicitAny: the contract has judged its shape
  gate(query?: string, who?: Client): Promise<any>;
}

export const sha256 = 'ab'.repeat(32);

export const audioBus = {
  name: 'Audio bus',
  vendor: 'Example',
  kind: 'kernel_driver',
  platform: 'windows',
  versionScheme: 'intdot',
  identity: { fileNames: ['AudioBus.sys'], signers: ['Example Audio*'], sha256: [sha256] },
  access: 'none',
} as const;

export const involved: NonNullable<IncidentInput['drivers']>[number] = {
  driver: 'audio-bus',
  versions: 'vers:intdot/>=10.29|<10.30',
  versionOf: 'file',
  role: 'trigger',
  visibility: 'public',
};

/** Versions from 7 up to 8 of `sensor-content` stop beside the audio bus; the check `boot-loop` guards against it. */
export const beside = {
  ...preliminary,
  title: 'Stops beside an audio driver',
  affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
  affectedUnknown: false,
  drivers: [involved],
  checks: [{ check: 'boot-loop', why: 'It would not start.' }],
} satisfies Partial<IncidentInput>;

/** The faulty driver, as a machine says it. */
export const bad = {
  fileName: 'audiobus.SYS',
  fileVersion: '10, 29, 0, 5152',
  signer: 'Example Audio Inc',
};
export const good = { ...bad, fileVersion: '10.31' };

export const match = {
  anyOf: [{ driver: 'audio-bus', versions: 'vers:intdot/>=10.29|<10.30', versionOf: 'file' }],
};

export const byHand = {
  product: 'sensor-content',
  versions: 'vers:intdot/>=7|<8',
  title: 'Kept from machines with the audio bus.',
  visibility: 'public',
  match,
  releaseWhen: { inWords: 'The vendor fixed its driver.', checks: ['boot-loop'] },
  reason: 'They stop.',
} as const;

export async function holdScene(): Promise<HoldScene> {
  const desk = await incidentDesk();
  const { ann, ben, service } = desk;
  await expectCreated(ann.put('/v1/drivers/audio-bus', audioBus, { 'If-Match': '*' }));
  await expectCreated(ann.put('/v1/products/sensor-content/releases/7.1', { kind: 'content' }));

  const propose: HoldScene['propose'] = async (incident) => {
    const { status, body } = await ann.post(`/v1/incidents/${incident}/holds`);
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    expect(body.items).toHaveLength(1);
    return body.items[0].id;
  };
  const activate: HoldScene['activate'] = async (id) => {
    await expectCreated(ben.post(`/v1/holds/${id}/activation`, { reason: 'It was reproduced.' }));
  };
  const makePublic: HoldScene['makePublic'] = async (id) => {
    const { body, headers } = await ann.get(`/v1/holds/${id}`);
    const etag = { 'If-Match': headers.get('etag') ?? '' };
    await expectCreated(ann.put(`/v1/holds/${id}`, publicly(body), etag));
  };
  return {
    ...desk,
    service,
    propose,
    makePublic,
    activate,
    async hold(incident) {
      const id = await propose(incident);
      await makePublic(id);
      await activate(id);
      return id;
    },
    async gate(query = '', who = ann) {
      const { body } = await who.get(`/v1/products/sensor-content/releases/7.1/gate${query}`);
      return body;
    },
  };
}

/** What is sent to make a hold public that is shown so. */
// biome-ignore lint/suspicious/noExplicitAny: the contract has judged its shape
export function publicly({ versions, title, match, releaseWhen }: any) {
  const terms = (list: object[]) =>
    list.map((term) =>
      Object.fromEntries(
        Object.entries(term).filter(([name, value]) => name !== 'onMatch' && value !== null),
      ),
    );
  return {
    versions,
    title,
    visibility: 'public',
    match: {
      allOf: terms(match.allOf),
      anyOf: terms(match.anyOf),
      noneOf: terms(match.noneOf),
    },
    releaseWhen,
    reason: 'Customers ask.',
  };
}
