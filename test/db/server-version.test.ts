/** Which PostgreSQL servers Holdfast starts on. */
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/connection.ts';
import { oldServerRefusal } from '../../src/db/server-version.ts';

test.each(['15.0', '15.18 (Debian 15.18-1)', '18beta1', '18.4'])('%s is new enough', (version) => {
  expect(oldServerRefusal(version)).toBeNull();
});

test.each(['9.6.24', '14.12 (Debian 14.12-1)'])('%s is refused in a full sentence', (version) => {
  expect(oldServerRefusal(version)).toBe(
    `Holdfast needs PostgreSQL 15 or later, and this server is ${version}. Upgrade it, or leave DATABASE_URL out to use the embedded database.`,
  );
});

test('a server that is not there is refused in a full sentence, without the password', async () => {
  const url = 'postgres://holdfast:secret@127.0.0.1:1/holdfast';
  const opening = openDatabase({ url }, { onConnectionLost: () => {} });
  await expect(opening).rejects.toThrow(
    'PostgreSQL did not let Holdfast in: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL, and that the server runs.',
  );
});
