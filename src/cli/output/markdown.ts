/** Markdown out of text that came from elsewhere: for comments on GitHub, GitLab and Azure DevOps. */

/** An invisible character: what stands on both sides of it is no name, number or address any more. */
const apart = '&#8203;';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
};

/**
 * The text as it is, on one line: no markup, no HTML, no cell's end, and nobody is notified by it. Addresses and what
 * looks like a mention or a reference (`@ann`, `#12`, `!7`, `GH-4`) become no links. Never put it first on a line.
 */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(
      /[&<>|]|[\\`*_[\]~$^]|[@#!%](?=[\w"])|:(?=\/\/)|\bwww(?=\.)|\bGH-(?=\d)/gi,
      (found) => entities[found] ?? (/^[\\`*_[\]~$^]$/.test(found) ? `\\${found}` : found + apart),
    );
}

/** A name as code where that is safe, else as text. */
export function markdownName(text: string): string {
  return /^[\w.=+/:, ()-]+$/.test(text) && text.trim() === text
    ? `\`${text}\``
    : markdownText(text);
}

/** A link, or the text alone where the address is none of the web. `text` is Markdown already. */
export function markdownLink(text: string, address: string | null): string {
  const url = address !== null && URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return text;
  const href = url.href.replace(
    /[()<>|\\[\]`*_~$@]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `[${text}](${href})`;
}
