/** listAuditEntries: the trail, newest first, and what lies below a subject. */
import { expect, test } from 'vitest';
import { type Client, testService } from '../support/service.ts';

const product = { name: 'P', versionScheme: 'intdot', rings: ['general'] };

async function subjects(client: Client, query = ''): Promise<string[]> {
  const { status, body } = await client.get(`/v1/audit${query}`);
  expect(status).toBe(200);
  return body.items.map(({ subject }: { subject: string }) => subject);
}

async function adminWithTrail(): Promise<Client> {
  const admin = await (await testService()).as('admin');
  for (const address of [
    '/v1/products/a',
    '/v1/products/axb',
    '/v1/products/a_b',
    '/v1/products/a/releases/1.0%2B1',
    '/v1/products/a/releases/1.1',
  ]) {
    const body = address.includes('releases') ? {} : { ...product, versionScheme: 'lexicographic' };
    expect(await admin.put(address, body)).toMatchObject({ status: 201 });
  }
  return admin;
}

test('200 lists the newest first, page by page, each line once', async () => {
  const admin = await adminWithTrail();
  const all = await subjects(admin);
  expect(all).toEqual([
    '/v1/products/a/releases/1.1',
    '/v1/products/a/releases/1.0%2B1',
    '/v1/products/a_b',
    '/v1/products/axb',
    '/v1/products/a',
  ]);

  const first = await admin.get('/v1/audit?limit=3');
  expect(await subjects(admin, `?limit=3&cursor=${first.body.next}`)).toEqual(all.slice(3));
});

test.each([
  [
    '/v1/products/a',
    ['/v1/products/a/releases/1.1', '/v1/products/a/releases/1.0%2B1', '/v1/products/a'],
  ],
  ['/v1/products/a_b', ['/v1/products/a_b']],
  ['/v1/products/a/releases/1.0%2B1', ['/v1/products/a/releases/1.0%2B1']],
  ['/v1/products/%', []],
  ['/v1/products', 5],
  ['products', []],
])(
  '200 narrowed to %s lists it and what lies below it, and nothing beside it',
  async (subject, found) => {
    const admin = await adminWithTrail();
    const listed = await subjects(admin, `?subject=${encodeURIComponent(subject)}`);
    if (typeof found === 'number') expect(listed).toHaveLength(found);
    else expect(listed).toEqual(found);
  },
);

test('400 for a cursor that this list never gave, and for a blank subject', async () => {
  const admin = await (await testService()).as('admin');
  expect(await admin.get('/v1/audit?cursor=abc')).toMatchObject({ status: 400 });
  expect(await admin.get('/v1/audit?subject=')).toMatchObject({ status: 400 });
});
