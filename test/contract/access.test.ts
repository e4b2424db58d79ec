import { expect, test } from 'vitest';
import { accessOf } from '../../src/contract/access.ts';
import { notesApp, problemOf, putting } from './notes.fixture.ts';

const as = (role: string) => ({ headers: { authorization: `Bearer ${role}` } });

test('without a token, an operation for roles is a 401 that asks for one', async () => {
  const response = await notesApp().app.request('/v1/notes/newest');
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="holdfast"');
  expect((await problemOf(response)).detail).toBe('Send a token as `Authorization: Bearer …`.');
});

test.each(['/v1/notes/newest', '/v1/notes/a'])(
  'a token that nobody has is a 401 at %s, public or not',
  async (address) => {
    for (const authorization of ['Bearer nobody', 'Basic a2ltOmtpbQ==', '']) {
      const { app, calls } = notesApp();
      const response = await app.request(address, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe(
        'Bearer realm="holdfast", error="invalid_token"',
      );
      expect(calls).toEqual([]);
    }
  },
);

test('another role is a 403 that names the roles that may', async () => {
  const response = await notesApp().app.request('/v1/notes/a', {
    ...putting({ title: 'A', severity: 'sev1' }, { authorization: 'Bearer pipeline' }),
  });
  expect(response.status).toBe(403);
  expect((await problemOf(response)).detail).toBe(
    'Write a note: that is for the roles engineer, admin, and this token has the role pipeline. Use another token.',
  );
});

test('who may not call an operation learns nothing of what it takes', async () => {
  const response = await notesApp().app.request('/v1/notes/a?x=1', {
    ...putting('not JSON', { authorization: 'Bearer pipeline' }),
  });
  expect(response.status).toBe(403);
});

test('on a public operation a valid token still says who asks', async () => {
  const { app, calls } = notesApp();
  await app.request('/v1/notes/a');
  await app.request('/v1/notes/a', as('reader'));
  expect(calls.map(({ caller }) => caller.kind)).toEqual(['anonymous', 'token']);
});

test('any token will do where no role is named', async () => {
  const { app } = notesApp();
  const patch = { method: 'PATCH' };
  expect((await app.request('/v1/notes/a', patch)).status).toBe(401);
  expect((await app.request('/v1/notes/a', { ...patch, ...as('pipeline') })).status).toBe(200);
});

test.each([
  [[], { kind: 'anyone' }],
  [[{}], { kind: 'anyone' }],
  [[{}, { token: ['reader'] }], { kind: 'anyone' }],
  [[{ token: [] }], { kind: 'token' }],
  [[{ token: [] }, { token: ['reader'] }], { kind: 'token' }],
  [[{ token: ['reader'] }, { token: ['admin'] }], { kind: 'roles', roles: ['reader', 'admin'] }],
])('security %j is read as %j', (security, access) => {
  expect(accessOf('getNote', security as Parameters<typeof accessOf>[1])).toEqual(access);
});

test.each([
  [[{ token: ['reader', 'admin'] }]],
  [[{ token: ['chief'] }]],
  [[{ cookie: [] }]],
  [[{ token: ['reader'], cookie: [] }]],
])('security %j, which no token could meet, stops the start', (security) => {
  expect(() => accessOf('getNote', security as Parameters<typeof accessOf>[1])).toThrow(/getNote/);
});
