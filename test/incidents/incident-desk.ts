/** A service with the things that incidents refer to, an engineer `ann` and an approver `ben`. */
import { expect } from 'vitest';
import type { IncidentInput, IncidentStatus } from '../../src/incidents/record.ts';
import { type Client, type Reply, type TestService, testService } from '../support/service.ts';

export interface IncidentDesk {
  service: TestService;
  ann: Client;
  ben: Client;
  /** Logs an incident as ann; answers its key. */
  log(said?: Partial<IncidentInput>): Promise<string>;
  /** With the revision as it stands. */
  edit(who: Client, key: string, patch: object): Promise<Reply>;
  /** With the revision as it stands. */
  move(who: Client, key: string, to: IncidentStatus, note?: string): Promise<Reply>;
  /** Through review by ann and ben to `published`. */
  publish(key: string, note?: string): Promise<Reply>;
}

/** Everything that a report needs, and nothing that refers to anything. */
export const preliminary = {
  title: 'Hosts stop at start',
  severity: 'sev1',
  summary: 'Hosts that took the update stop at start.',
  whatToDo: 'Start into safe mode and delete the file.',
  affectedUnknown: true,
  nextUpdateAt: '2099-07-20T12:00:00Z',
} as const;

export async function incidentDesk(): Promise<IncidentDesk> {
  const service = await testService();
  const ann = await service.as('engineer', { name: 'ann' });
  const ben = await service.as('approver', { name: 'ben' });

  await putAll(ann);
  const change = async (
    who: Client,
    key: string,
    send: (headers: { 'If-Match': string }) => Promise<Reply>,
  ) => {
    const { headers } = await who.get(`/v1/incidents/${key}`);
    return send({ 'If-Match': headers.get('etag') ?? '' });
  };
  const move: IncidentDesk['move'] = (who, key, to, note) =>
    change(who, key, (headers) =>
      who.post(`/v1/incidents/${key}/transitions`, { to, ...(note && { note }) }, headers),
    );
  return {
    service,
    ann,
    ben,
    async log(said = preliminary) {
      const logged = await ann.post('/v1/incidents', { title: 'T', severity: 'sev1', ...said });
      expect(logged.status, JSON.stringify(logged.body)).toBe(201);
      return logged.body.key;
    },
    edit: (who, key, patch) =>
      change(who, key, (headers) => who.patch(`/v1/incidents/${key}`, patch, headers)),
    move,
    async publish(key, note) {
      expect(await move(ann, key, 'in_review')).toMatchObject({ status: 200 });
      expect(await move(ben, key, 'approved')).toMatchObject({ status: 200 });
      return move(ann, key, 'published', note);
    },
  };
}

async function putAll(who: Client): Promise<void> {
  const product = { name: 'Sensor content', versionScheme: 'intdot', rings: ['general'] };
  const check = {
    title: 'Boots twice',
    purpose: 'A host starts twice after the update.',
    kind: 'automated',
    enforcement: 'required',
    appliesTo: { products: ['sensor-content'] },
    owner: 'release-engineering',
  };
  const driver = {
    name: 'Audio bus',
    vendor: 'Example',
    kind: 'kernel_driver',
    platform: 'windows',
    versionScheme: 'intdot',
    identity: { fileNames: ['AudioBus.sys'] },
    access: 'lab',
  };
  for (const put of [
    await who.put('/v1/products/sensor-content', { ...product, platforms: ['windows'] }),
    await who.put('/v1/products/sensor', product),
    await who.put('/v1/checks/boot-loop', check),
    await who.put('/v1/checks/field-count', check),
    await who.put('/v1/drivers/audio-bus', driver),
  ]) {
    expect(put.status, JSON.stringify(put.body)).toBe(201);
  }
}
