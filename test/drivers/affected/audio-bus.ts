/** A driver beside which a product stops, the incident about it, and a machine that has it. */
import type { IncidentInput } from '../../../src/incidents/record.ts';
import { preliminary } from '../../incidents/incident-desk.ts';

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

export const badAudio: NonNullable<IncidentInput['drivers']>[number] = {
  driver: 'audio-bus',
  versions: 'vers:intdot/>=10.29|<=10.29.0.5152',
  versionOf: 'file',
  role: 'trigger',
  visibility: 'public',
};

export const beside = {
  ...preliminary,
  title: 'Stops beside an audio driver',
  affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
  affectedUnknown: false,
  drivers: [badAudio],
} satisfies Partial<IncidentInput>;

/** In the range, signed as recorded, written as Windows prints it. */
export const bad = {
  fileName: 'audiobus.SYS',
  fileVersion: '10, 29, 0, 5152',
  signer: 'Example Audio Inc',
};

const from = '2024-07-19T04:09:00Z';
const until = '2024-07-19T05:27:00Z';

/** What harms only machines that ran a companion and were online in between. */
export const windowed = {
  from,
  until,
  affected: {
    product: 'sensor-content',
    versions: 'vers:intdot/>=7|<8',
    conditions: {
      companions: [{ product: 'sensor', versions: 'vers:intdot/>=7.11' }],
      onlineBetween: { from, until },
    },
  },
};
