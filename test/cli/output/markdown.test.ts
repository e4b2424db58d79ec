/** Text from elsewhere says nothing to a Markdown renderer, and calls nobody. */
import markdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { markdownLink, markdownName, markdownText } from '../../../src/cli/output/markdown.ts';

const renderer = markdownIt({ html: true, linkify: true });
const rendered = (markdown: string) => renderer.renderInline(markdown);
const invisible = /\u200b/g;

describe('markdownText', () => {
  test.each([
    'a <img src=x onerror=alert(1)> tag',
    '<!-- a comment',
    '**bold** _italic_ ~~gone~~ `code`',
    '[a link](https://evil.example) ![image](https://evil.example/x.png)',
    '[a link][1]',
    'see https://evil.example and www.evil.example or mail ann@evil.example',
    '&lt;b&gt; &amp; &#64;ann',
    'a | b \\| c \\\\| d',
    '$x^2$ and \\(y\\)',
    'ends with a backslash \\',
  ])('%s is read as it is', (text) => {
    const html = rendered(`x ${markdownText(text)}`);
    expect(html).not.toMatch(/<(?!\/?p)/);
    const shown = html
      .replace(invisible, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    expect(shown).toBe(`x ${text}`);
  });

  test.each([
    '@ann',
    '@org/team',
    '#12',
    '!7',
    '%"a milestone"',
    '~label',
    '$12',
    'GH-4',
    'ann@example.com',
  ])('%s notifies nobody and refers to nothing', (text) => {
    const plain = rendered(markdownText(text));
    expect(plain).not.toContain('<a');
    expect(plain.includes('\u200b') || markdownText(text).startsWith('\\')).toBe(true);
  });

  test('what spans lines becomes one, so that no line begins with it', () => {
    expect(markdownText('one\n# two\r\n\n/close\t- three')).toBe('one # two /close - three');
  });

  test('no bar is left that could end the cell of a table', () => {
    expect(markdownText('a|b \\| c')).not.toContain('|');
  });
});

describe('markdownName', () => {
  test('a plain name is code', () => {
    expect(markdownName('boot-loop')).toBe('`boot-loop`');
    expect(markdownName('os=windows-10, arch=x64')).toBe('`os=windows-10, arch=x64`');
  });

  test.each(['a`b', 'a|b', 'a\\|b', '<b>', '@ann', '\nx'])('%j is text', (name) => {
    expect(markdownName(name)).toBe(markdownText(name));
  });
});

describe('markdownLink', () => {
  test('an address of the web is linked, and cannot end the link', () => {
    const link = markdownLink('report', 'https://a.example/x)|(y?q=<b>"c d');
    expect(rendered(link)).toMatch(/^<a href="https:\/\/a\.example\/[^"]+">report<\/a>$/);
    expect(link).not.toContain('|');
  });

  test.each([null, 'javascript:alert(1)', 'data:text/html,x', 'not an address', '/relative'])(
    '%s is no link',
    (address) => {
      expect(markdownLink('report', address)).toBe('report');
    },
  );
});
