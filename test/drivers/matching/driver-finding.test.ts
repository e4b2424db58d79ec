/** What a driver is found to be: the strongest evidence counts, and the answer says what it rests on. */
import { expect, test } from 'vitest';
import {
  ask,
  askDriver,
  authentihash,
  driver,
  harbor,
  incident,
  part,
  sha256,
} from './recorded.ts';

const other = 'c'.repeat(64);
const fileName = 'HarborBus.sys';
const [inside, outside] = ['10.29.0.5152', '10.29.0.5714'];
const [signer, stranger] = ['Harbor Audio Ltd', 'Mallory Inc'];

test.each([
  ['an equal SHA-256', { sha256 }, 'affected', 'sha256'],
  ['an equal SHA-256 in capitals', { sha256: sha256.toUpperCase() }, 'affected', 'sha256'],
  [
    'an equal SHA-256 under any name and signer',
    { sha256, fileName: 'x.sys', signer: stranger },
    'affected',
    'sha256',
  ],
  [
    'an equal SHA-256, although its version says otherwise',
    { sha256, fileName, fileVersion: outside },
    'affected',
    'sha256',
  ],
  ['an equal Authentihash', { authentihashSha256: authentihash }, 'affected', 'authentihash'],
  [
    'name, version and signer',
    { fileName, fileVersion: inside, signer },
    'affected',
    'name_version_signer',
  ],
  [
    'another hash, but name, version and signer',
    { fileName, fileVersion: inside, signer, sha256: other },
    'affected',
    'name_version_signer',
  ],
  [
    'name and version without a signer',
    { fileName, fileVersion: inside },
    'probably_affected',
    'name_version',
  ],
  [
    'a signer who signs for every maker',
    { fileName, fileVersion: inside, signer: 'Microsoft Windows Hardware Compatibility Publisher' },
    'probably_affected',
    'name_version',
  ],
  [
    'a provider that agrees makes up for no signer',
    { fileName, fileVersion: inside, provider: 'Harbor Audio' },
    'probably_affected',
    'name_version',
  ],
  [
    'a signer that contradicts',
    { fileName, fileVersion: inside, signer: stranger },
    'cannot_tell',
    'identity_conflict',
  ],
  [
    'a provider that contradicts, without a signer',
    { fileName, fileVersion: inside, provider: 'Mallory' },
    'cannot_tell',
    'identity_conflict',
  ],
  [
    'a provider that contradicts, but a signer that agrees',
    { fileName, fileVersion: inside, signer, provider: 'Mallory' },
    'affected',
    'name_version_signer',
  ],
  ['a name alone', { fileName }, 'cannot_tell', 'name'],
  ['a name and a signer, without a version', { fileName, signer }, 'cannot_tell', 'name'],
  ['a version that is none', { fileName, fileVersion: 'unknown', signer }, 'cannot_tell', 'name'],
  [
    'another version than the range speaks of',
    { fileName, packageVersion: inside, signer },
    'cannot_tell',
    'name',
  ],
  [
    'a version between two bad lines',
    { fileName, fileVersion: outside, signer },
    'not_affected',
    'name_version_signer',
  ],
  [
    'a version outside, without a signer',
    { fileName, fileVersion: '11.0' },
    'not_affected',
    'name_version',
  ],
  [
    'a driver that nobody recorded',
    { fileName: 'acpi.sys', fileVersion: inside, signer },
    'not_listed',
    'none',
  ],
  ['nothing that names it', {}, 'not_listed', 'none'],
] as const)('%s', (_, item, verdict, basis) => {
  expect(askDriver(item)).toMatchObject({ item, verdict, basis });
});

test.each([
  ['sha256', { sha256: authentihash }],
  ['authentihashSha256', { authentihashSha256: sha256 }],
])('a hash of the other sort in %s is never compared', (_, item) => {
  expect(askDriver(item).verdict).toBe('not_listed');
});

test('what nobody recorded is never called safe', () => {
  const { driver, evidence, incidents } = askDriver({ fileName: 'acpi.sys' });
  expect({ driver, incidents }).toEqual({ driver: null, incidents: [] });
  expect(evidence).toMatch(/does not say that it is harmless/);
});

test('a recorded driver that no incident of the product names is not listed either', () => {
  const { drivers } = ask([harbor], [incident('HF-1')], { items: [{ fileName }] });
  expect(drivers).toMatchObject([{ driver: 'harbor-bus', verdict: 'not_listed', basis: 'none' }]);
});

test.each([
  [{ fileName, fileVersion: inside, signer }, '10.29.0.5152 lies in 10.29 to 10.29.0.5152.'],
  [
    { fileName, fileVersion: outside, signer },
    '10.29.0.5714 lies outside 10.29 to 10.29.0.5152 and 10.30 to 10.30.0.5152.',
  ],
  [{ sha256 }, 'Its SHA-256 is one recorded for The harbor-bus driver.'],
  [
    { fileName, fileVersion: inside, signer, provider: 'Mallory' },
    '10.29.0.5152 lies in 10.29 to 10.29.0.5152, although its provider, Mallory, is none that is recorded for The harbor-bus driver.',
  ],
  [
    { fileName, fileVersion: inside, signer: stranger },
    '10.29.0.5152 lies in 10.29 to 10.29.0.5152, but its signer, Mallory Inc, is none that is recorded for The harbor-bus driver.',
  ],
  [{ fileName }, 'It may be The harbor-bus driver, but its file version is not said.'],
])('the evidence for %j has the numbers', (item, evidence) => {
  expect(askDriver(item).evidence).toBe(evidence);
});

test('without a version it names what is missing, and the command that would tell', () => {
  expect(askDriver({ fileName }).missing).toMatchObject([
    {
      field: 'fileVersion',
      command: expect.stringContaining(
        '-Filter HarborBus.sys | ForEach-Object { "$($_.VersionInfo',
      ),
    },
    { field: 'signer', command: expect.stringContaining('Get-AuthenticodeSignature') },
  ]);
});

test('without a signer it asks for the signer, and where none is recorded for a hash', () => {
  const item = { fileName, fileVersion: inside };
  expect(askDriver(item).missing).toMatchObject([{ field: 'signer' }]);
  const unsigned = driver('harbor-bus', { fileNames: [fileName], sha256: [sha256] });
  expect(askDriver(item, unsigned)).toMatchObject({
    verdict: 'probably_affected',
    missing: [{ field: 'sha256', command: expect.stringContaining('Get-FileHash') }],
  });
});

test('where every version is affected, none is asked for', () => {
  const every = { versions: null };
  expect(askDriver({ fileName, signer }, harbor, every).verdict).toBe('affected');
  expect(askDriver({ fileName }, harbor, every).verdict).toBe('probably_affected');
});

test('a hash that is recorded for another driver contradicts the name', () => {
  const impostor = driver('mallory-bus', { fileNames: ['mallory.sys'], sha256: [other] });
  const { drivers } = ask([harbor, impostor], [incident('HF-1', [part('harbor-bus')])], {
    items: [{ fileName, fileVersion: inside, signer, sha256: other }],
  });
  expect(drivers).toMatchObject([{ verdict: 'cannot_tell', basis: 'identity_conflict' }]);
});

test('of drivers that share a name, one whose signer agrees leaves the others in conflict', () => {
  const namesake = driver('mallory-bus', { fileNames: [fileName], signers: [stranger] });
  const parts = [part('harbor-bus', { versions: 'vers:intdot/>=99' }), part('mallory-bus')];
  const asked = (signer?: string) =>
    ask([harbor, namesake], [incident('HF-1', parts)], {
      items: [{ fileName, fileVersion: inside, signer }],
    }).drivers[0];
  // Its version is in the range of the one that somebody else signs.
  expect(asked('Harbor Audio')).toMatchObject({
    driver: 'mallory-bus',
    verdict: 'cannot_tell',
    basis: 'identity_conflict',
  });
  expect(asked(stranger)).toMatchObject({ driver: 'mallory-bus', verdict: 'affected' });
  expect(asked()).toMatchObject({ driver: 'mallory-bus', verdict: 'probably_affected' });
});

test('of several incidents the gravest answer counts, and those that may harm are named', () => {
  const incidents = [
    incident('HF-1', [part('harbor-bus', { versions: 'vers:intdot/<1' })]),
    incident('HF-2', [part('harbor-bus')]),
    incident('HF-3', [part('harbor-bus', { versionOf: 'package' })]),
  ];
  const { drivers } = ask([harbor], incidents, {
    items: [{ fileName, fileVersion: inside, signer }],
  });
  expect(drivers).toMatchObject([{ verdict: 'affected', incidents: ['HF-2', 'HF-3'] }]);
});

test('an equal hash is affected in each incident of the driver, whatever version is said', () => {
  const incidents = [
    incident('HF-1', [part('harbor-bus', { versions: 'vers:intdot/<1' })]),
    incident('HF-2', [part('harbor-bus')]),
  ];
  const items = [{ sha256, fileVersion: inside }, { sha256 }];
  const { drivers } = ask([harbor], incidents, { items });
  expect(drivers.map((each) => each.incidents)).toEqual([
    ['HF-1', 'HF-2'],
    ['HF-1', 'HF-2'],
  ]);
});
