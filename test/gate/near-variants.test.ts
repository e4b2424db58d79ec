/** Which listed variant somebody may have meant. */
import { expect, test } from 'vitest';
import { nearVariants, type Variant } from '../../src/gate/index.ts';

const w10 = { os: 'windows-10' };
const w11 = { os: 'windows-11' };
const ubuntu = { os: 'ubuntu-24.04' };
const w11arm = { os: 'windows-11', arch: 'arm64' };

const table: [reported: Variant | null, listed: Variant[], near: Variant[]][] = [
  [{ os: 'windows11' }, [ubuntu, w10, w11], [w11, w10, ubuntu]],
  [{ OS: 'Windows-11' }, [w10, w11], [w11, w10]],
  [{ os: 'windows-11', arch: 'x64' }, [w10, w11], [w11]],
  [w11, [w10, w11arm], [w11arm, w10]],
  [null, [w10, w11], [w10, w11]],
  [{ arch: 'arm64' }, [w10, w11], []],
  [
    { os: 'x' },
    [{ os: 'e' }, { os: 'd' }, { os: 'c' }, { os: 'b' }],
    [{ os: 'b' }, { os: 'c' }, { os: 'd' }],
  ],
];
test.each(table)('%j among %j', (reported, listed, near) => {
  expect(nearVariants(reported, listed)).toEqual(near);
});
