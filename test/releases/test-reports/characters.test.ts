/** Reports in every encoding that they come in. */
import { describe, expect, test } from 'vitest';
import { readWhole } from './read-whole.ts';

const report = (encoding: string, name: string) =>
  `<?xml version="1.0"${encoding === '' ? '' : ` encoding="${encoding}"`}?>\n<testsuite><testcase name="${name}"/></testsuite>`;
const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('the encoding of a report', () => {
  test.each<[what: string, bytes: Buffer]>([
    ['UTF-8 where nothing is said', Buffer.from(report('', 'né'))],
    ['UTF-8 without a declaration', Buffer.from('<testsuite><testcase name="né"/></testsuite>')],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${report('UTF-8', 'né')}`)],
    ['a byte order mark wins over the name', Buffer.from(`\uFEFF${report('iso-8859-1', 'né')}`)],
    ['ISO 8859-1', latin1(report('ISO-8859-1', 'né'))],
    [
      'ISO 8859-1 in single quotes',
      latin1(report('', 'né').replace('?>', " encoding = 'latin1' ?>")),
    ],
    ['UTF-16, little end first', utf16le(`\uFEFF${report('UTF-16', 'né')}`)],
    ['UTF-16, big end first', utf16be(`\uFEFF${report('UTF-16', 'né')}`)],
    ['UTF-16 without a mark, little end first', utf16le(report('UTF-16', 'né'))],
    ['UTF-16 without a mark, big end first', utf16be(report('UTF-16', 'né'))],
    ['UTF-8 that calls itself UTF-16, as .NET writers do', Buffer.from(report('utf-16', 'né'))],
    [
      'white space before the root',
      Buffer.from('\n\t <testsuite><testcase name="né"/></testsuite>'),
    ],
  ])('%s', async (_, bytes) => {
    const { reading, cases } = await readWhole(bytes);
    expect(reading).toMatchObject({ kind: 'read', counts: { total: 1 } });
    expect(cases[0]?.name).toBe('né');
  });

  test('one that nobody knows is refused by name', async () => {
    expect((await readWhole(report('klingon', 'x'))).reading).toEqual({
      kind: 'fault',
      line: 1,
      column: 1,
      reason:
        'The XML declaration names the encoding "klingon", which is not known here. Write the report as UTF-8.',
    });
  });

  test('bytes that do not belong to it are refused', async () => {
    const { reading } = await readWhole(latin1(report('UTF-8', 'né')));
    expect(reading).toMatchObject({ kind: 'fault', reason: expect.stringContaining('not utf-8') });
  });

  test('a file that ends within a character is cut off', async () => {
    const whole = Buffer.from(report('UTF-8', 'é'));
    const { reading } = await readWhole([whole.subarray(0, whole.indexOf(0xc3) + 1)]);
    expect(reading).toMatchObject({
      kind: 'fault',
      line: 2,
      reason: expect.stringContaining('cut off'),
    });
  });
});
