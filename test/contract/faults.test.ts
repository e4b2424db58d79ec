import { expect, test } from 'vitest';
import { faultsAgainst } from '../../src/contract/named-schema.ts';
import { bodyBytesMax } from '../../src/contract/operations.ts';
import { notesApp, problemOf, putting } from './notes.fixture.ts';

async function faultsOf(body: unknown) {
  const { app } = notesApp();
  const response = await app.request('/v1/notes/a', putting(body));
  expect(response.status).toBe(400);
  return (await problemOf(response)).errors;
}

const fits = { title: 'A', severity: 'sev1' };

test.each([
  [[], '', 'must be an object, not an array'],
  [{ severity: 'sev1' }, '/title', 'is required'],
  [{ ...fits, title: '' }, '/title', 'must not be empty'],
  [{ ...fits, title: ' ' }, '/title', 'must not be blank'],
  [{ ...fits, title: 3 }, '/title', 'must be a string, not a number: put it in quotes'],
  [
    { ...fits, severity: 'sev9' },
    '/severity',
    "must be one of: sev1, sev2, sev3; did you mean 'sev1'?",
  ],
  [{ ...fits, severity: 'grave' }, '/severity', 'must be one of: sev1, sev2, sev3'],
  [{ ...fits, severty: 1 }, '/severty', "unknown field 'severty'; did you mean 'severity'?"],
  [
    { ...fits, zzz: 1 },
    '/zzz',
    "unknown field 'zzz'; the fields are: title, severity, tags, crew, at, source, sources, album, pairs, version",
  ],
  [
    { ...fits, 'a/b~c': 1 },
    '/a~1b~0c',
    "unknown field 'a/b~c'; the fields are: title, severity, tags, crew, at, source, sources, album, pairs, version",
  ],
  [{ ...fits, tags: 'a' }, '/tags', "must be an array, not the text 'a'"],
  [{ ...fits, tags: ['a', ''] }, '/tags/1', 'must not be empty'],
  [{ ...fits, version: 'x' }, '/version', 'must match ^\\d, for example 1.2'],
  [
    { ...fits, at: 'today' },
    '/at',
    'must be an instant as in RFC 3339, for example 2024-07-19T04:09:00Z',
  ],
  [{ ...fits, at: 7 }, '/at', 'must be a string or null, not a number: put it in quotes'],
  [
    { ...fits, source: { kind: 'page', url: 'x' } },
    '/source/url',
    'must be a whole address, for example https://example.com/report',
  ],
  [{ ...fits, source: { kind: 'book' } }, '/source/isbn', 'is required'],
  [{ ...fits, source: { kind: 'film' } }, '/source/kind', 'must be one of: book, page'],
  [{ ...fits, source: 'a book' }, '/source', "must be an object or null, not the text 'a book'"],
  [
    { ...fits, pairs: { A: 'x' } },
    '/pairs',
    "has the name 'A', which must match ^[a-z]+$; did you mean 'a'?",
  ],
])('%j has one fault, at "%s"', async (body, pointer, detail) => {
  expect(await faultsOf(body)).toEqual([{ pointer, detail }]);
});

const beside = { driver: 'camera', versions: null, versionOf: 'file', role: 'trigger' };

test.each([
  [
    { drivers: [{ ...beside, role: 'culprit' }] },
    '/drivers/0/role',
    'must be one of: trigger (it set the fault off), victim (it was harmed), cause (the fault is its own)',
  ],
  [
    { drivers: [{ ...beside, role: undefined }] },
    '/drivers/0/role',
    'is required: what part it played: trigger (it set the fault off), victim (it was harmed), cause (the fault is its own)',
  ],
  [
    { affected: [{ product: 'Our sensor', versions: 'vers:intdot/7' }] },
    '/affected/0/product',
    "must be a short name for addresses, chosen once, of small letters and digits with ., _ or - between them, for example sensor-content; did you mean 'our-sensor'?",
  ],
  [
    { affected: [{ product: 'sensor', versions: '7.41' }] },
    '/affected/0/versions',
    "must be a range of versions in canonical VERS notation, for example vers:intdot/>=7.11|<7.16; did you mean 'vers:intdot/7.41'?",
  ],
  [
    { key: 'hf-2026-0001' },
    '/key',
    "must be the record's permanent key, <PREFIX>-<year>-<number>, for example HF-2024-0001; did you mean 'HF-2026-0001'?",
  ],
])('%j is explained in the words of the contract', (part, pointer, detail) => {
  const incident = JSON.parse(JSON.stringify({ title: 'A', severity: 'sev1', ...part }));
  expect(faultsAgainst('IncidentInput', incident)).toEqual([{ pointer, detail }]);
});

test('every fault is listed, once each, and no field is called unknown because its neighbour is wrong', async () => {
  const faults = await faultsOf({
    title: 1,
    severity: 'x',
    tags: [1, 2],
    extra: true,
    source: { kind: 'book', isbn: 1, page: 2 },
  });
  expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
    '/extra',
    '/severity',
    '/source/isbn',
    '/source/page',
    '/tags/0',
    '/tags/1',
    '/title',
  ]);
});

test('of very many faults fifty are listed', async () => {
  const { app } = notesApp();
  const response = await app.request('/v1/notes/a', putting({ ...fits, tags: Array(80).fill(1) }));
  const { detail, errors } = await problemOf(response);
  expect(errors).toHaveLength(50);
  expect(detail).toBe(
    'More than 50 faults, of which as many are listed. First, /tags/0: must be a string, not a number: put it in quotes.',
  );
});

test.each([
  ['tags', ''],
  ['tags', 1],
  ['sources', { kind: 'film' }],
  ['sources', 1],
  ['sources', [[[[]]]]],
])(
  'a body full of faults, %s of %j, is refused in seconds, not in minutes',
  async (field, item) => {
    const times = Math.floor(bodyBytesMax / (JSON.stringify(item).length + 1)) - 30;
    const began = process.cpuUsage();
    expect(await faultsOf({ ...fits, [field]: Array(times).fill(item) })).toHaveLength(50);
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
  },
);

test('the same in a part that may be one of several things', async () => {
  const began = process.cpuUsage();
  await faultsOf({ ...fits, album: { sources: Array(500_000).fill(1) } });
  expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
});

test('a body of endless fields is refused for the first fault', async () => {
  const pairs = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`a${index}`, 1]));
  expect(await faultsOf({ ...fits, pairs })).toHaveLength(1);
});

test('what follows a long list is not called empty because nobody looked into it', async () => {
  const faults = await faultsOf({ tags: Array(5000).fill('a'), crew: ['Kim'], severity: 'sev9' });
  expect(faults.map(({ pointer }) => pointer).sort()).toEqual(['/severity', '/title']);
});
