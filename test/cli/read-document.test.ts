import { describe, expect, test } from 'vitest';
import { AskedWrongly } from '../../src/cli/exit-code.ts';
import { readDocument } from '../../src/cli/read-document.ts';
import { fileWith } from './command-run.ts';

describe('what is read', () => {
  test.each([
    ['a.json', '{"name": "A", "rings": ["x"]}'],
    ['a.yaml', 'name: A\nrings: [x]\n'],
    ['a.yml', '# why\nname: "A"\nrings:\n  - x\n'],
    ['without-an-ending', '  {"name": "A", "rings": ["x"]}'],
    ['also-without', 'name: A\nrings: [x]'],
    ['with-a-mark.json', '\ufeff{"name": "A", "rings": ["x"]}'],
  ])('%s', async (name, content) => {
    expect(await readDocument(fileWith(name, content))).toEqual({ name: 'A', rings: ['x'] });
  });

  test('YAML leaves dates as the text they are', async () => {
    const path = fileWith('a.yaml', 'at: 2024-07-19T04:09:00Z');
    expect(await readDocument(path)).toEqual({ at: '2024-07-19T04:09:00Z' });
  });
});

describe('what is refused, with a reason', () => {
  test.each([
    ['broken JSON', 'a.json', '{"name": }', /line 1, column 10/],
    ['a field named twice in JSON', 'a.json', '{"a": 1, "a": 2}', /'a' is given twice/],
    ['a field named twice in YAML', 'a.yaml', 'a: 1\na: 2\n', /unique.* line 2/],
    ['a text with a colon', 'a.yaml', 'title: Stops: at start', /line 1, column 8\. Put a text/],
    ['tabs', 'a.yaml', 'a:\n\tb: 1\n', /Indent with spaces/],
    ['two documents', 'a.yaml', 'a: 1\n---\nb: 2\n', /a file holds one document/],
    ['YAML that is no YAML', 'a.yaml', 'a: [1, 2', /can't be read as YAML/],
    ['a list', 'a.json', '[]', /holds a list/],
    ['nothing', 'a.yaml', '', /holds nothing/],
    ['a single value', 'a.yaml', 'hello', /holds a single value/],
    ['bytes that are no text', 'a.json', new Uint8Array([0x7b, 0xff, 0x7d]), /UTF-8/],
  ])('%s', async (_, name, content, reason) => {
    const reading = readDocument(fileWith(name, content));
    await expect(reading).rejects.toThrow(AskedWrongly);
    await expect(reading).rejects.toThrow(reason);
  });

  test('a file that does not exist', async () => {
    await expect(readDocument('/nowhere/a.json')).rejects.toThrow('there is no such file');
  });

  test('a folder', async () => {
    await expect(readDocument('/')).rejects.toThrow('it is a folder');
  });
});
