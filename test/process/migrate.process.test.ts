/** How a PostgreSQL database is brought up to date, and which ones are left alone. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runProgram, serviceForTest } from '../support/built-program.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

let server: PostgresServer;
let env: { DATABASE_URL: string };
let made = 0;

beforeAll(async () => {
  server = await startPostgres(15);
});
afterAll(() => server.stop());

beforeEach(async () => {
  const name = `holdfast_${++made}`;
  await query(server.url(), `create database ${name}`);
  env = { DATABASE_URL: server.url(name) };
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('a database is brought up to date once, and then served', async () => {
  const first = await runProgram(['migrate'], env);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/^(applied \d{4}_\w+\.sql\n)+The database is up to date\.\n$/);
  const second = await runProgram(['migrate'], env);
  expect(second).toMatchObject({ code: 0, stdout: 'The database was up to date.\n', stderr: '' });

  const service = await serviceForTest(env);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  expect(service.stdout().match(/hf_\S+/g)).toHaveLength(1);
  expect(await service.stop()).toMatchObject({ code: 0 });
});

test('two services that start at once on a new database both serve it, and one shows the token', async () => {
  const [one, two] = await Promise.all([serviceForTest(env), serviceForTest(env)]);
  const [secret, ...more] = `${one.stdout()}${two.stdout()}`.match(/hf_\S+/g) ?? [];
  expect(more).toEqual([]);
  for (const { url } of [one, two]) {
    const headers = { authorization: `Bearer ${secret}` };
    expect((await fetch(`${url}/v1/tokens`, { headers })).status).toBe(200);
  }
});

test.each(['serve', 'migrate'])(
  '%s refuses a database of a newer Holdfast in a sentence, and leaves it as it is',
  async (command) => {
    await runProgram(['migrate'], env);
    await query(
      env.DATABASE_URL,
      `insert into schema_migration (number, name, checksum) values (9999, '9999_later.sql', '')`,
    );
    const { code, stdout, stderr } = await runProgram([command], { ...env, PORT: '0' });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(
      /^holdfast: This database has migration 9999_later\.sql, and this Holdfast knows up to \d{4}_\w+\.sql\. [^\n]+\n$/,
    );
    expect(await query(env.DATABASE_URL, 'select id from token')).toEqual([]);
  },
);
