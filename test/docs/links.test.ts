/** Where the documents lead: links, and the README's tour of the source. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents, root, textOf } from './markdown.ts';

/** Without fenced blocks. */
const proseOf = (document: string) => textOf(document).replace(/^```.*?^```$/gms, '');

/** The anchors of a document, made from its headings as GitHub makes them. */
function anchorsOf(document: string): string[] {
  return [...proseOf(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(documents)('%s', (document) => {
  test('every link leads to a file that is here, and to a heading that it has', () => {
    const targets = [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
    const broken = targets
      .filter((to) => !/^https:\/\//.test(to))
      .filter((to) => {
        const [path = '', anchor] = to.split('#');
        const file = path === '' ? document : join(dirname(document), path);
        if (!existsSync(root + file)) return true;
        return anchor !== undefined && !anchorsOf(file).includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});

describe("the README's tour of the source", () => {
  const tour = textOf('README.md').split('## A tour of the source')[1]?.split(/^## /m)[0] ?? '';
  const rows = [...tour.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
  );

  test('names nothing that is not there', () => {
    expect(rows.filter((path) => !existsSync(root + path))).toEqual([]);
  });

  test('leaves no folder of src/ out', () => {
    const folders = readdirSync(`${root}src`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}/`);
    expect(folders.filter((folder) => !rows.includes(folder))).toEqual([]);
  });
});
