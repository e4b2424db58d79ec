/** The keys that sign, in the database: the public halves for good, the private half of one that we made ourselves. */
import { type Kysely, sql } from 'kysely';
import {
  newSigningKey,
  type PublicJwk,
  pkcs8Of,
  publicJwk,
  readPkcs8,
  type SigningKey,
} from '../../attestation/ed25519-key.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';

/** Any number of our own: whoever makes the first key holds it. */
const firstKeyLock = 4_815_162_344;

/**
 * The key to sign with: the configured one, else the newest that we made, else a new one. It is among the published keys
 * from then on.
 */
export async function keyForSigning(
  db: Change,
  configured: SigningKey | null,
): Promise<SigningKey> {
  if (configured) {
    await publish(db, configured);
    return configured;
  }
  const made = await newestOwnKey(db);
  if (made) return made;
  await sql`select pg_advisory_xact_lock(${firstKeyLock})`.execute(db);
  return (await newestOwnKey(db)) ?? makeKey(db);
}

async function makeKey(db: Change): Promise<SigningKey> {
  const key = newSigningKey();
  await publish(db, key);
  await db
    .insertInto('signing_secret')
    .values({ keyid: key.keyid, pkcs8: pkcs8Of(key) })
    .execute();
  return key;
}

async function publish(db: Change, { keyid, publicKey }: SigningKey): Promise<void> {
  await db
    .insertInto('signing_key')
    .values({ keyid, public_key: publicKey })
    .onConflict((conflict) => conflict.constraint('signing_key_once').doNothing())
    .execute();
}

async function newestOwnKey(db: Change): Promise<SigningKey | null> {
  const row = await db
    .selectFrom('signing_secret')
    .innerJoin('signing_key', 'signing_key.keyid', 'signing_secret.keyid')
    .select('signing_secret.pkcs8')
    .orderBy('signing_key.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? readPkcs8(row.pkcs8) : null;
}

/** Every key that ever signed, newest first. */
export async function publishedKeys(db: Kysely<Database>): Promise<PublicJwk[]> {
  const rows = await db
    .selectFrom('signing_key')
    .select('public_key')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => publicJwk(row.public_key));
}
