import { expect, test } from 'vitest';
import { run } from '../command-run.ts';
import { fakeService } from '../fake-service.ts';

const made = {
  id: '7',
  token: 'hf_new-secret',
  name: 'build-farm',
  role: 'pipeline',
  products: ['content'],
  expiresAt: null,
  createdAt: '2024-01-01T00:00:00Z',
  createdBy: 'admin',
  lastUsedAt: null,
  revokedAt: null,
};

test('a new token stands alone on stdout, and what it is for on stderr', async () => {
  const service = await fakeService(() => ({ status: 201, body: made }));
  const ran = await run([
    ...['token', 'create', '--role', 'pipeline', '--name', 'build-farm', '--product', 'content'],
    ...['--url', service.url, '--token', 'hf_admin-secret'],
  ]);
  expect(ran).toMatchObject({ code: 0, stdout: 'hf_new-secret\n' });
  expect(ran.stderr).toContain('Token 7: pipeline build-farm for content');
  expect(ran.stderr).not.toContain('secret');
  expect(service.asked[0]?.body).toEqual({
    name: 'build-farm',
    role: 'pipeline',
    products: ['content'],
  });
});

test('revoking answers without content, and --json then prints nothing', async () => {
  const service = await fakeService(() => ({ status: 204 }));
  const revoke = ['token', 'revoke', '7', '--url', service.url];
  expect(await run(revoke)).toMatchObject({ code: 0, stdout: 'Token 7 is revoked.\n' });
  expect(await run([...revoke, '--json'])).toMatchObject({ code: 0, stdout: '' });
  expect(service.asked[0]).toMatchObject({ method: 'DELETE', path: '/v1/tokens/7' });
});
