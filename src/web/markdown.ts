/** Markdown as HTML, and as plain text. Raw HTML is shown, never used; links pass the scheme check. */
import { raw } from 'hono/html';
import markdownIt from 'markdown-it';
import { safeUrl } from './safe-url.ts';

const markdown = markdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = (address) => safeUrl(address) !== null;
// Nothing is loaded from elsewhere: an image becomes its description.
markdown.disable('image');

/**
 * HTML for a page. Every heading becomes one of `headingLevel`, so that the page's own order of headings holds
 * whatever the text begins with.
 */
export function renderMarkdown(text: string, headingLevel: 2 | 3 | 4 | 5 | 6) {
  const tokens = markdown.parse(text, {});
  for (const token of tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close') {
      token.tag = `h${headingLevel}`;
    }
  }
  return raw(markdown.renderer.render(tokens, markdown.options, {}));
}

// What can scroll sideways can be reached by keyboard.
markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';
markdown.renderer.rules.fence = (tokens, index) => preformatted(tokens[index]?.content ?? '');
markdown.renderer.rules.code_block = (tokens, index) => preformatted(tokens[index]?.content ?? '');

markdown.renderer.rules.code_inline = (tokens, index) => {
  const content = tokens[index]?.content ?? '';
  // Short enough for the narrowest screen, so it need not be torn apart.
  const whole = content.length <= 24 ? ' class="whole"' : '';
  return `<code${whole}>${markdown.utils.escapeHtml(content)}</code>`;
};

function preformatted(content: string): string {
  return `<pre tabindex="0"><code>${markdown.utils.escapeHtml(content)}</code></pre>\n`;
}

/** The text without its marks, on one line. */
export function plainText(text: string): string {
  return markdown
    .parse(text, {})
    .map(({ children, content }) => (children ? children.map(wordsOf).join('') : content))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Its beginning, up to `charactersMax` characters, cut between words. */
export function excerptOf(text: string, charactersMax: number): string {
  const plain = plainText(text);
  if (plain.length <= charactersMax) return plain;
  const cut = plain.slice(0, charactersMax);
  const end = cut.lastIndexOf(' ');
  return `${end > 0 ? cut.slice(0, end) : cut} …`;
}

function wordsOf({ type, content }: { type: string; content: string }): string {
  if (type === 'softbreak' || type === 'hardbreak') return ' ';
  return content;
}
