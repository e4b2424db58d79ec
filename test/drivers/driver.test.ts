/** What is stored of a driver, and what can never be recognised. */
import { expect, test } from 'vitest';
import { completeDriver, type DriverInput, faultsOfIdentity } from '../../src/drivers/driver.ts';

const audio: DriverInput = {
  name: 'Audio bus',
  vendor: 'Example',
  kind: 'kernel_driver',
  platform: 'windows',
  versionScheme: 'intdot',
  identity: { fileNames: ['AudioBus.sys'] },
  access: 'lab',
};

test('a list that is left out is stored as an empty one', () => {
  const { identity } = completeDriver(audio);
  const { fileNames, ...others } = identity;
  expect(fileNames).toEqual(['AudioBus.sys']);
  expect(Object.keys(others)).toHaveLength(17);
  expect(Object.values(others).flat()).toEqual([]);
  expect(completeDriver({ ...audio, identity })).toEqual(completeDriver(audio));
});

test.each<[string, DriverInput['identity'], string[]]>([
  ['by file name', { fileNames: ['AudioBus.sys'] }, []],
  ['by hash', { sha256: ['0'.repeat(64)] }, []],
  ['by module name', { moduleNames: ['snd_example'] }, []],
  ['by nothing', {}, ['/identity']],
  ['by empty lists', { fileNames: [], sha256: [] }, ['/identity']],
  ['by what it is built for', { architectures: ['x64'] }, ['/identity']],
])('a driver that is recognised %s', (_, identity, pointers) => {
  const faults = faultsOfIdentity(completeDriver({ ...audio, identity }));
  expect(faults.map(({ pointer }) => pointer)).toEqual(pointers);
});
