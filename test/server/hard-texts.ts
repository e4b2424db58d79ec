/** Texts for addresses, queries and bodies that trip programs up. */

/** In place of a name in an address, as it goes over the wire. None is the name of anything. */
export const hardSegments = [
  '%',
  '%zz',
  '%ff',
  '%00',
  'a%00b',
  '%ed%a0%80',
  '%20',
  'A%20B',
  encodeURIComponent('😀'),
  encodeURIComponent("'; drop table incident; --"),
  encodeURIComponent('../../etc/passwd'),
  'x'.repeat(101),
  'x'.repeat(201),
  '9'.repeat(200),
  '__proto__',
  'constructor',
  'null',
  '-1',
  '0',
  '1e3',
  '9223372036854775807',
  '9223372036854775808',
  '*',
  '%25',
];

/** In place of a parameter's text. */
export const hardTexts = [
  ' ',
  'x'.repeat(200),
  'x'.repeat(5000),
  '%',
  '_',
  '\\',
  '%_\\%',
  "'",
  '"',
  "'; drop table incident; --",
  '$1',
  '{}',
  '😀',
  '\ufeff',
  '\u202e',
  '\n',
  '__proto__',
  'null',
  'true',
  '-1',
  'infinity',
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+00:01',
  '2016-12-31T23:59:60Z',
  '2024-07-19T04:09:00-23:59',
  '2024-07-19t04:09:00.123456789z',
  '9999-12-31T23:59:59.999999999Z',
  '10000-01-01T00:00:00Z',
];

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Cursors that no list has given. */
export const madeUpCursors = [
  '',
  ' ',
  'x',
  '=',
  'x'.repeat(501),
  ...[
    null,
    {},
    [],
    [1],
    [2, 1],
    [1, null],
    [1, true],
    [1, 'x'],
    [1, ''],
    [1, 1],
    [1, -1],
    [1, 1.5],
    [1, 1e300],
    [1, Number.MAX_SAFE_INTEGER],
    [1, Number.MAX_SAFE_INTEGER + 1],
    [1, '1'],
    [1, [1]],
    [1, { toString: 1 }],
    [1, '\u0000', 1],
    [1, '\ud800', 1],
    [1, '0001-01-01T00:00:00Z', 1],
    [1, '9999-12-31T23:59:59Z', 1],
    [1, 'infinity', 1],
    [1, '2024-07-19T04:09:00-23:59', 1],
    [1, '2024-07-19T04:09:00Z', 1, 1],
    [1, 'HF-2024-0001', 1],
    [1, 1, 1],
    [1, 1, 'x'],
  ].map(cursor),
];

const nested = (depth: number) => `${'<testsuite>'.repeat(depth)}${'</testsuite>'.repeat(depth)}`;

const entities = Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
).join('');

/** Test reports that are none. */
export const brokenReports: Readonly<Record<string, string | Buffer>> = {
  'empty space': '  \n',
  'plain text': 'ok 1 - host starts',
  JSON: '{"results": []}',
  'a page of HTML': '<!doctype html><html><body>502 Bad Gateway</body></html>',
  'another XML': '<project><name>holdfast</name></project>',
  'cut off in a tag': '<testsuite name="a"><testcase na',
  'cut off between tags': '<testsuite name="a"><testcase name="b"/>',
  'wrongly nested': '<testsuite><testcase></testsuite></testcase>',
  'followed by more': '<testsuite/><testsuite/>',
  'not UTF-8': Buffer.from([...Buffer.from('<testsuite name="'), 0xff, ...Buffer.from('"/>')]),
  'with U+0000': '<testsuite name="a\u0000b"/>',
  'with U+0000 by its number': '<testsuite name="&#0;"/>',
  'with half a surrogate pair': '<testsuite name="&#xD800;"/>',
  'with an unknown entity': '<testsuite name="&nothing;"/>',
  'an entity bomb': `<!DOCTYPE t [<!ENTITY e0 "x">${entities}]><testsuite name="&e9;"/>`,
  'with an entity from a file':
    '<!DOCTYPE t [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuite name="&e;"/>',
  'too deep': nested(100_000),
  compressed: Buffer.from([0x1f, 0x8b, 0x08, 0x00]),
};
