/** A token that a test keeps the secret of. */

import { hashOf, newSecret } from '../../src/access/secret.ts';
import { insertToken } from '../../src/access/store.ts';
import type { Role } from '../../src/contract/caller.ts';
import type { OpenDatabase } from '../../src/db/connection.ts';

/** Answers the secret. */
export async function makeToken(
  { database: { db } }: { database: Pick<OpenDatabase, 'db'> },
  {
    role = 'reader',
    name = role,
    products = null,
    expiresAt = null,
  }: {
    role?: Role;
    name?: string;
    products?: readonly string[] | null;
    expiresAt?: string | null;
  } = {},
): Promise<string> {
  const secret = newSecret();
  const secretHash = hashOf(secret);
  await insertToken(db, { name, role, products, expiresAt, secretHash, createdBy: 'test' });
  return secret;
}
