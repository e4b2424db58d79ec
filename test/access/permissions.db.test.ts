/** Every operation lets in exactly the roles that the contract lists with it. */
import { expect, test } from 'vitest';
import { permission } from '../../src/contract/access.ts';
import { type Caller, roles } from '../../src/contract/caller.ts';
import { contractRequest } from '../support/contract-coverage.ts';
import { type TestService, testService } from '../support/service.ts';
import { addressOf, operations } from './every-operation.ts';
import { makeToken } from './make-token.ts';

/** The status that each operation answers a call without parameters or body, by its id. */
async function statuses(service: TestService, secret: string | null) {
  const request = contractRequest(service.app);
  const answered: Record<string, { status: number; challenge: string | null }> = {};
  for (const operation of operations) {
    const { status, headers } = await request(addressOf(operation), {
      method: operation.method,
      headers: secret === null ? {} : { authorization: `Bearer ${secret}` },
    });
    answered[operation.id] = { status, challenge: headers.get('www-authenticate') };
  }
  return answered;
}

test.each(roles)(
  '403 for %s wherever the contract does not list the role, and only there',
  async (role) => {
    const service = await testService();
    const secret = await makeToken(service, { role });
    const caller: Caller = { kind: 'token', tokenId: '1', name: role, role, products: null };

    const answered = await statuses(service, secret);
    for (const { id, access } of operations) {
      const granted = permission(access, caller) === 'granted';
      expect(answered[id]?.status === 403, `${id} answered ${answered[id]?.status}`).toBe(!granted);
      expect(answered[id]?.status, id).not.toBe(401);
    }
  },
);

test('401 with a challenge for a caller without a token wherever one is needed, and only there', async () => {
  const answered = await statuses(await testService(), null);
  for (const { id, access } of operations) {
    const { status, challenge } = answered[id] ?? {};
    expect(status === 401, `${id} answered ${status}`).toBe(access.kind !== 'anyone');
    expect(challenge, id).toBe(status === 401 ? 'Bearer realm="holdfast"' : null);
  }
});

test('401 for an unknown token at every operation, also where none is needed', async () => {
  const answered = await statuses(await testService(), 'hf_unknown');
  for (const { id } of operations) {
    expect(answered[id], id).toEqual({
      status: 401,
      challenge: 'Bearer realm="holdfast", error="invalid_token"',
    });
  }
});
