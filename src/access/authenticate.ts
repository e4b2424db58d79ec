/** From a bearer token to a caller. */
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Caller, Credentials, InvalidCredentials, Role } from '../contract/caller.ts';
import type { Database } from '../db/rows.gen.ts';
import { hashOf } from './secret.ts';
import { findTokenByHash, noteUse } from './store.ts';

/**
 * How long an answer about a token is taken for true, so that a gate decision stays one round trip; never beyond the
 * token's expiry. It bounds how long a token revoked on another instance still works here; on this instance `forget`
 * ends it at once.
 */
const trustedForMs = 1000;

export interface Authenticator {
  authenticate(credentials: Credentials): Promise<Caller | InvalidCredentials>;
  /** Asks the database again for every token, from now on. */
  forget(): void;
}

/**
 * `now` is in milliseconds, from a clock that only goes forward. `rememberedMax` bounds the memory that tokens, real
 * ones and made-up ones, can take.
 */
export function authenticator(
  db: Kysely<Database>,
  { now = () => performance.now(), rememberedMax = 10_000 } = {},
): Authenticator {
  /** By the header as it was sent. */
  const remembered = new LRUCache<string, Remembered>({ max: rememberedMax });

  return {
    forget: () => remembered.clear(),

    authenticate({ authorization }) {
      if (authorization === null) return Promise.resolve({ kind: 'anonymous' });
      const begun = now();
      const known = remembered.get(authorization);
      if (known && known.until > begun) return known.caller;
      const secret = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
      if (!secret) {
        const detail = 'Send the token as `Authorization: Bearer …`.';
        return Promise.resolve({ kind: 'invalid', detail });
      }
      const lookedUp = lookUp(db, hashOf(secret));
      const entry: Remembered = {
        caller: lookedUp.then(({ caller }) => caller),
        until: begun + trustedForMs,
      };
      remembered.set(authorization, entry);
      lookedUp.then(
        ({ remainingMs }) => {
          entry.until = Math.min(entry.until, begun + remainingMs);
        },
        // An outage is nothing to remember.
        () => remembered.delete(authorization),
      );
      return entry.caller;
    },
  };
}

interface Remembered {
  caller: Promise<Caller | InvalidCredentials>;
  until: number;
}

interface LookedUp {
  caller: Caller | InvalidCredentials;
  /** How long it stays true, unless the token is revoked. */
  remainingMs: number;
}

async function lookUp(db: Kysely<Database>, hash: Buffer): Promise<LookedUp> {
  const token = await findTokenByHash(db, hash);
  if (!token) return refused('This instance does not know the token.');
  if (token.revoked_at) return refused(`The token was revoked on ${token.revoked_at}.`);
  const remainingMs = token.remaining_ms ?? Number.POSITIVE_INFINITY;
  if (remainingMs <= 0) return refused(`The token expired on ${token.expires_at}.`);
  if (!token.used_lately) await noteUse(db, token.id);
  const { name, products } = token;
  const role = token.role as Role;
  return {
    caller: { kind: 'token', tokenId: String(token.id), name, role, products },
    remainingMs,
  };
}

function refused(detail: string): LookedUp {
  return { caller: { kind: 'invalid', detail }, remainingMs: Number.POSITIVE_INFINITY };
}
