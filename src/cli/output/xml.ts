/** Writes elements of XML 1.0 around text that came from elsewhere. */

/** `<name attribute="…">content</name>`. `content` is XML already; without it the element is empty. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = '',
): string {
  const written = Object.entries(attributes).map(
    ([attribute, value]) => ` ${attribute}="${xmlText(String(value))}"`,
  );
  const opening = `<${name}${written.join('')}`;
  return content === '' ? `${opening}/>` : `${opening}>${content}</${name}>`;
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Readers turn them into spaces where they stand in an attribute as they are.
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** What XML can't hold at all (https://www.w3.org/TR/xml/#charsets) becomes U+FFFD. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\n\r\t]/g, (character) => references[character] ?? character);
}
