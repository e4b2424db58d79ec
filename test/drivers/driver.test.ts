/** What is stored of a driver, and what can never be recognised. */
import { expect, test } from 'vitest';
import { completeDriver, type DriverInput } from '../../src/drivers/driver.ts';

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
