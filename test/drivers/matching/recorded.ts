/** An invented catalogue, and machines asked against it: each test says only what matters to it. */
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import {
  type CatalogueDriver,
  type CatalogueIncident,
  type DriverAnswer,
  type Evaluation,
  evaluateMachine,
  type IncidentDriver,
  indexCatalogue,
  type Machine,
} from '../../../src/drivers/matching/index.ts';

export const sha256 = 'a'.repeat(64);
export const authentihash = 'b'.repeat(64);

export function driver(
  key: string,
  identity: CatalogueDriver['identity'],
  platform: CatalogueDriver['platform'] = 'windows',
): CatalogueDriver {
  return { key, name: `The ${key} driver`, vendor: 'Harbor Audio', platform, identity };
}

export const harbor = driver('harbor-bus', {
  fileNames: ['HarborBus.sys'],
  providers: ['Harbor*'],
  signers: ['Harbor Audio*'],
  sha256: [sha256],
  authentihashSha256: [authentihash],
});

export function part(driver: string, more: Partial<IncidentDriver> = {}): IncidentDriver {
  const versions = 'vers:intdot/>=10.29|<=10.29.0.5152|>=10.30|<=10.30.0.5152';
  return { driver, versions, versionOf: 'file', visibility: 'public', ...more };
}

type Affected = Partial<CatalogueIncident['affected'][number]>;

/** Concerns `fjord` from 2.0 on, unless said otherwise. */
export function incident(
  key: string,
  drivers: readonly IncidentDriver[] = [],
  affected: readonly Affected[] = [{}],
): CatalogueIncident {
  return {
    key,
    title: `What happened in ${key}`,
    whatToDo: 'Install the fixed driver.',
    affected: affected.map((each) => ({
      product: 'fjord',
      versions: 'vers:intdot/>=2.0',
      conditions: null,
      ...each,
    })),
    drivers,
  };
}

/** The answer for a machine with `fjord` 2.1, against what is recorded. */
export function ask(
  drivers: readonly CatalogueDriver[],
  incidents: readonly CatalogueIncident[],
  machine: Partial<Machine> = {},
): Evaluation {
  const index = indexCatalogue({ revision: 'r1', drivers, incidents });
  const whole = { product: 'fjord', version: '2.1', items: null, unreadableLines: 0 };
  return evaluateMachine(index, { ...whole, ...machine });
}

/** The answer for one driver beside an incident in which `recorded` takes part. */
export function askDriver(
  item: InventoryItem,
  recorded: CatalogueDriver = harbor,
  more: Partial<IncidentDriver> = {},
): DriverAnswer {
  const { drivers } = ask([recorded], [incident('HF-1', [part(recorded.key, more)])], {
    items: [item],
  });
  const [answer] = drivers;
  if (answer === undefined) throw new Error('No answer was given for the driver.');
  return answer;
}
