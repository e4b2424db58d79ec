import { describe, expect, test } from 'vitest';
import { excerptOf, plainText, renderMarkdown } from '../../src/web/markdown.ts';

const html = (text: string) => String(renderMarkdown(text, 3)).trim();

describe('Markdown on a page', () => {
  test.each([
    ['*a*', '<p><em>a</em></p>'],
    ['<b>a</b>', '<p>&lt;b&gt;a&lt;/b&gt;</p>'],
    [
      '[a](https://example.test/?a=1&b=2)',
      '<p><a href="https://example.test/?a=1&amp;b=2">a</a></p>',
    ],
    ['[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>'],
    ['[a](JaVa&#x73;cript:alert(1))', '<p>[a](JaVascript:alert(1))</p>'],
    ['[a](data:text/html,x)', '<p>[a](data:text/html,x)</p>'],
    ['[a](//evil.example)', '<p>[a](//evil.example)</p>'],
    ['<https://example.test/>', '<p><a href="https://example.test/">https://example.test/</a></p>'],
    ['![a](https://example.test/p.png)', '<p>!<a href="https://example.test/p.png">a</a></p>'],
    ['`a < b`', '<p><code class="whole">a &lt; b</code></p>'],
    [`\`${'a'.repeat(25)}\``, `<p><code>${'a'.repeat(25)}</code></p>`],
    ['# a\n\n##### b', '<h3>a</h3>\n<h3>b</h3>'],
    ['```\n<a>\n```', '<pre tabindex="0"><code>&lt;a&gt;\n</code></pre>'],
  ])('%s', (text, expected) => {
    expect(html(text)).toBe(expected);
  });
});

test('plain text has the words, on one line', () => {
  const text = '# A\n\nb *c* `d e`.\nf [g](https://example.test/)\n\n- h\n- i\n\n```\nj\n```';
  expect(plainText(text)).toBe('A b c d e. f g h i j');
});

test.each([
  ['short', 10, 'short'],
  ['some words that go on', 12, 'some words …'],
  ['onelongwordwithoutspaces', 7, 'onelong …'],
])('an excerpt of %j in %i characters: %j', (text, charactersMax, expected) => {
  expect(excerptOf(text, charactersMax)).toBe(expected);
});
