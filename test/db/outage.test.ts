/** Which errors mean that the database is out of reach. */
import { expect, test } from 'vitest';
import { isOutage } from '../../src/db/outage.ts';

const failed = (message: string, code?: string) =>
  Object.assign(new Error(message), code !== undefined && { code });

test.each([
  ['a refused connection', failed('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
  ['a broken one', failed('read ECONNRESET', 'ECONNRESET')],
  ['a name that leads nowhere', failed('getaddrinfo ENOTFOUND db', 'ENOTFOUND')],
  [
    'several addresses that all refuse',
    Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
  ],
  [
    'a server that shuts down',
    failed('terminating connection due to administrator command', '57P01'),
  ],
  ['a server that crashed', failed('terminating connection because of crash', '57P02')],
  ['a server that starts', failed('the database system is starting up', '57P03')],
  ['a server with too many clients', failed('sorry, too many clients already', '53300')],
  ['a connection exception', failed('connection does not exist', '08003')],
  ['a connection that ended unasked', failed('Connection terminated unexpectedly')],
  ['no connection in time', failed('timeout exceeded when trying to connect')],
  ['a client that broke', failed('Client has encountered a connection error and is not queryable')],
  ['a client that was closed', failed('Client was closed and is not queryable')],
  ['a pool that ends', failed('Cannot use a pool after calling end on the pool')],
])('%s is an outage', (_, error) => {
  expect(isOutage(error)).toBe(true);
});

test.each([
  ['a violated constraint', failed('duplicate key value', '23505')],
  ['a serialization failure', failed('could not serialize access', '40001')],
  [
    'a statement that took too long',
    failed('canceling statement due to statement timeout', '57014'),
  ],
  ['a table that is not there', failed('relation "token" does not exist', '42P01')],
  ['a mistake of ours', new TypeError("Cannot read properties of undefined (reading 'id')")],
  ['what is no error', 'ECONNREFUSED'],
])('%s is none', (_, error) => {
  expect(isOutage(error)).toBe(false);
});
