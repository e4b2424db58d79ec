/** What a column's value is in JavaScript. Belongs to our pools alone: `pg.types` stays as it is. */
import pg from 'pg';
import { readInstant } from './instant.ts';

type Parser = (printed: string) => unknown;

const asPrinted: Parser = (printed) => printed;

/** Refuses what a number cannot hold exactly, rather than answer something close to it. */
function readInt8(printed: string): number {
  const value = Number(printed);
  if (!Number.isSafeInteger(value)) throw new Error(`a bigint too large for a number: ${printed}`);
  return value;
}

/** By the type's OID, with the OID of its array; from `select oid, typarray from pg_type`. */
const scalars: readonly { oid: number; array: number; parse: Parser }[] = [
  { oid: 20, array: 1016, parse: readInt8 }, // int8
  { oid: 1082, array: 1182, parse: asPrinted }, // date: YYYY-MM-DD
  { oid: 1114, array: 1115, parse: asPrinted }, // timestamp: as printed, never a Date in a local zone
  { oid: 1184, array: 1185, parse: readInstant }, // timestamptz
  { oid: 1700, array: 1231, parse: asPrinted }, // numeric: text keeps every digit
];

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];
const textArray = 1009 as TypeId; // missing in the names that node-postgres declares
const readTextArray = pg.types.getTypeParser(textArray, 'text');

function arrayOf(parse: Parser): Parser {
  return (printed) =>
    readTextArray(printed).map((item: string | null) => (item === null ? null : parse(item)));
}

const parsers = new Map<number, Parser>(
  scalars.flatMap(({ oid, array, parse }) => [
    [oid, parse],
    [array, arrayOf(parse)],
  ]),
);

/**
 * For the `types` of a pool whose sessions run in UTC with ISO dates. timestamptz becomes RFC 3339 text
 * (see `readInstant`), date and numeric text, int8 a number or an error; arrays of these likewise, in
 * one dimension. Everything else is as node-postgres has it: json parsed, bytea a Buffer.
 */
export const columnValues: pg.CustomTypesConfig = {
  getTypeParser: (oid, format = 'text') =>
    (format === 'text' && parsers.get(oid)) || pg.types.getTypeParser(oid, format),
};
