/** A catalogue as the service hands it out, and a machine that one of its incidents concerns. */
import type { PublicCatalogue } from '../../src/drivers/affected/public-catalogue.ts';

export const catalogue: PublicCatalogue = {
  format: 1,
  revision: 'sha256:of-the-test',
  publicUrl: 'https://incidents.example.test',
  incidents: [
    {
      key: 'HF-2025-0001',
      title: 'Stops beside an audio driver',
      whatToDo: 'Update the driver.',
      affected: [{ product: 'sensor', versions: 'vers:intdot/>=7|<8', conditions: null }],
      drivers: [
        {
          driver: 'audio-bus',
          versions: 'vers:intdot/>=10.29|<=10.29.0.5152',
          versionOf: 'file',
          foundUnaffected: [],
        },
      ],
      unnamed: [],
    },
  ],
  drivers: [
    {
      key: 'audio-bus',
      name: 'Audio bus',
      vendor: 'Example',
      platform: 'windows',
      identity: { fileNames: ['AudioBus.sys'], signers: ['Example Audio*'] },
    },
  ],
};

export const affectedDriver = {
  fileName: 'AudioBus.sys',
  fileVersion: '10.29.0.5152',
  signer: 'Example Audio Inc',
};
export const unsignedDriver = { fileName: 'AudioBus.sys', fileVersion: '10.29.0.5152' };
export const otherDriver = { fileName: 'other.sys', fileVersion: '1.0' };

/** As a script prints it. */
export const inventoryOf = (...drivers: object[]): string => JSON.stringify(drivers);

export const machine = (id: string, ...drivers: object[]): string =>
  JSON.stringify({ id, product: 'sensor', version: '7.11', drivers });
