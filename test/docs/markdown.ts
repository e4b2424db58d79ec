/** The documents of this repository, and what stands in them: fenced blocks, commands, links, headings. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every document for people, as seen from the root. */
export const documents: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...markdownBelow('docs'),
  ...markdownBelow('library'),
];

function markdownBelow(folder: string): string[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
    .sort();
}

export function textOf(document: string): string {
  return readFileSync(root + document, 'utf8');
}

export interface Block {
  /** What stands behind the fence: `sh`, `console`, `yaml`; empty where nothing does. */
  language: string;
  text: string;
  /** The file that the paragraph before the block gives to it, as in "`night.yaml`:". */
  file: string | null;
}

export function blocksOf(document: string): Block[] {
  const fenced = /(?:`([\w.-]+)`:\n\n)?^```(\w*)\n(.*?)^```$/gms;
  return [...textOf(document).matchAll(fenced)].map(([, file, language, text]) => ({
    file: file ?? null,
    language: language ?? '',
    text: text ?? '',
  }));
}

/** A command as it is typed, and what it prints where that is shown. */
export interface Typed {
  command: string;
  printed: string | null;
}

/**
 * Of `sh` blocks the whole script, of which nothing printed is shown; of `console` blocks each line after a `$ `, with
 * what follows up to the next.
 */
export function typedIn({ language, text }: Block): Typed[] {
  if (language === 'sh') return [{ command: text, printed: null }];
  if (language !== 'console') return [];
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), printed: part.slice(end + 1) };
    });
}
