import { expect, test } from 'vitest';
import { faultsOfIdentity } from '../../src/drivers/identity-faults.ts';

type Identity = Parameters<typeof faultsOfIdentity>[0];

test.each<[string, Identity, string[]]>([
  ['by file name', { fileNames: ['AudioBus.sys'] }, []],
  ['by a pattern', { fileNames: ['Audio*.sys', 'a*'], originalInfs: ['*bus.inf'] }, []],
  ['by hash', { sha256: ['0'.repeat(64)] }, []],
  ['by module name', { moduleNames: ['snd_example'] }, []],
  ['by nothing', {}, ['/identity']],
  ['by empty lists', { fileNames: [], sha256: [] }, ['/identity']],
  ['by what it is built for', { architectures: ['x64'] }, ['/identity']],
  ['by who made it', { signers: ['Example, Inc.'], providers: ['E'] }, ['/identity']],
  [
    'by stars',
    { fileNames: ['*', 'a.sys', '*.*'] },
    ['/identity/fileNames/0', '/identity/fileNames/2'],
  ],
  ['by an ending', { fileNames: ['*.SYS'] }, ['/identity/fileNames/0']],
  ['by any signer', { fileNames: ['a.sys'], signers: ['*'] }, ['/identity/signers/0']],
  ['by two names in one', { fileNames: ['a.sys,b.sys'] }, ['/identity/fileNames/0']],
  ['by two packages in one', { originalInfs: ['a.inf; b.inf'] }, ['/identity/originalInfs/0']],
  ['by two modules in one', { moduleNames: ['a,b'] }, ['/identity/moduleNames/0']],
])('a driver that is recognised %s', (_, identity, pointers) => {
  expect(faultsOfIdentity(identity).map(({ pointer }) => pointer)).toEqual(pointers);
});
