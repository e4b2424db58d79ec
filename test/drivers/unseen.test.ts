import { expect, test } from 'vitest';
import { unseen } from '../../src/drivers/unseen.ts';

type Driver = Parameters<typeof unseen>[0][number];

const recorded = (identity: Driver['identity'], other: Partial<Driver> = {}): Driver => ({
  platform: 'windows',
  kind: 'kernel_driver',
  identity,
  ...other,
});

test.each<[string, Driver, string[]]>([
  ['by its file alone', recorded({ fileNames: ['a.sys'] }), ['originalInfs']],
  ['by its package alone', recorded({ originalInfs: ['a.inf'] }), ['fileNames']],
  ['by both', recorded({ serviceNames: ['a'], originalInfs: ['a.inf'] }), []],
  ['by a hash', recorded({ sha256: ['0'] }), ['fileNames', 'originalInfs']],
  ['by its file', recorded({ fileNames: ['a.ko'] }, { platform: 'linux' }), ['moduleNames']],
  ['by its bundle', recorded({ bundleIds: ['com.example.a'] }, { platform: 'macos' }), []],
  ['as no driver', recorded({ fileNames: ['a.dll'] }, { kind: 'user_mode' }), []],
])('what is recorded %s is told of the lists that do not show it', (_, driver, fields) => {
  const told = unseen([driver]).map((sentence) => /without (\w+)/.exec(sentence)?.[1]);
  expect(told).toEqual(fields);
});

test('of many drivers it is told how many', () => {
  const drivers = ['a', 'b'].map((name) => recorded({ fileNames: [name] }));
  const seen = recorded({ fileNames: ['c'], originalInfs: ['c.inf'] });
  expect(unseen([...drivers, seen])).toEqual([
    "2 of 3 cannot be found in what 'pnputil /enum-drivers' prints, without originalInfs.",
  ]);
});
