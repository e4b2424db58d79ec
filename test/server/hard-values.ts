/** Values that trip programs up, as JSON text, since not all of them are values of JavaScript. */
import type { Place, Schema } from './full-body.ts';

/** What fits no place, or nearly none. */
const misfits = [
  'null',
  'true',
  '-1',
  '1.5',
  '1e400',
  '""',
  '"x"',
  '[]',
  '[[]]',
  '{}',
  '{"x": {}}',
  '[null]',
];

/** What no place takes, whatever its schema says: PostgreSQL, or JavaScript, would trip over it. */
export const poisons = [
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"\udc00\ud800"`,
  String.raw`{"\u0000": 1}`,
  '{"__proto__": {"admin": true}}',
  '{"constructor": {"prototype": {"admin": true}}}',
  `${'['.repeat(70)}${']'.repeat(70)}`,
];

const instants = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '1969-12-31T23:59:59.999999999Z',
  '2016-12-31T23:59:60Z',
  '2024-02-30T00:00:00Z',
  '2024-07-19T24:00:00Z',
  '2024-07-19T04:09:00',
  '2024-07-19 04:09:00Z',
  '2024-07-19T04:09:00+15:59',
  '2024-07-19T04:09:00-23:59',
  '2024-07-19t04:09:00.5z',
  '2038-01-19T03:14:08Z',
  '9999-12-31T23:59:59.999999Z',
  '9999-12-31T23:59:59.9999999Z',
  '9999-12-31T23:59:59-00:01',
  '10000-01-01T00:00:00Z',
  '-0001-01-01T00:00:00Z',
  'infinity',
  'now',
];

const days = ['0000-01-01', '0001-01-01', '2023-02-29', '9999-12-31', '10000-01-01', 'infinity'];

const numbers = [
  '0',
  '-0',
  '1.0',
  '1E2',
  '0.1',
  '2147483648',
  '9007199254740993',
  '1e21',
  '1.7976931348623157e308',
  '5e-324',
  '123456789012345678901234567890',
];

/** Whole texts that SQL, globs, patterns, paths or Markdown may take for something else. */
const texts = [
  "'; drop table incident; --",
  '%_\\',
  '*'.repeat(50),
  '{"a":1}',
  '{a,b}',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '\u202e\u0301\ufffe\u00a0\ufeff',
  '\u001b[2J\u007f\n\r\t',
  '-Infinity',
];

/** Everything hard to put into this place, each once. Which of them fit is for the schema to say. */
export function hardValues({ schemas, value }: Place): string[] {
  return [...new Set([...misfits, ...schemas.flatMap((schema) => ofItsKind(schema, value))])];
}

function ofItsKind(schema: Schema, value: unknown): string[] {
  const quoted = (values: readonly string[]) => values.map((each) => JSON.stringify(each));
  switch ([schema.type].flat()[0]) {
    case 'string':
      if (schema.enum) return quoted([`${value} `, String(value).toUpperCase()]);
      return quoted([
        ...(schema.format === 'date-time' ? instants : []),
        ...(schema.format === 'date' ? days : []),
        ...(schema.format === 'uri' ? uris : []),
        ...(schema.pattern?.startsWith('^vers:') ? ranges : []),
        ...(schema.maxLength === undefined ? [] : aroundLength(schema.maxLength)),
        ...texts,
        `${value}\n`,
      ]);
    case 'integer':
    case 'number':
      return [...numbers, ...aroundBounds(schema)];
    case 'array':
      return lists(schema, value);
    default:
      return [];
  }
}

/** Counted in characters, not in bytes or in UTF-16. What is as long as a whole body meets the body's limit before. */
function aroundLength(max: number): string[] {
  if (max > 1_000_000) return [];
  return ['x'.repeat(max), 'x'.repeat(max + 1), '😀'.repeat(max), '😀'.repeat(max + 1)];
}

function aroundBounds({ minimum, maximum }: Schema): string[] {
  return [minimum, maximum].flatMap((bound) =>
    bound === undefined ? [] : [bound - 1, bound, bound + 1].map(String),
  );
}

/** One item too many, and one twice. */
function lists({ maxItems }: Schema, value: unknown): string[] {
  const item = JSON.stringify((value as unknown[])[0]);
  const counts = maxItems !== undefined && maxItems <= 1000 ? [2, maxItems + 1] : [2];
  return counts.map((count) => `[${Array(count).fill(item).join()}]`);
}

const uris = [
  'https://',
  'https://[',
  'https://example.com:99999/',
  'javascript:alert(1)',
  `https://example.com/${'%'.repeat(3)}`,
  'https://example.com/\u{1f600}',
];

const ranges = [
  'vers:',
  'vers:intdot',
  'vers:intdot/',
  'vers:intdot/*',
  'vers:intdot/>=',
  'vers:intdot/<1|>2',
  'vers:none/*',
  `vers:intdot/${'9'.repeat(400)}`,
  `vers:intdot/${Array.from({ length: 800 }, (_, index) => index + 1).join('|')}`,
  'vers:datetime/9999-12-31T23:59:59-23:59',
];
