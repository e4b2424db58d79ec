/** Tokens and the audit trail over HTTP. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { pageOf } from '../contract/page.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import type { components } from '../contract/types.gen.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import { isPast } from '../db/clock.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import { hashOf, newSecret } from './secret.ts';
import {
  type AuditRow,
  insertToken,
  listAuditRows,
  listTokens,
  type NewToken,
  revokeToken,
  unknownProducts,
} from './store.ts';
import { showToken } from './token.ts';

type AccessHandlers = Pick<
  Handlers,
  'createToken' | 'listTokens' | 'revokeToken' | 'listAuditEntries'
>;

/** `forget` is told when a token stops being valid. */
export function accessHandlers({ db, write }: Service, forget: () => void): AccessHandlers {
  return {
    async createToken(request) {
      const { name, role, products = null } = request.body;
      const expiresAt = request.body.expiresAt ? utcInstant(request.body.expiresAt) : null;
      const secret = newSecret();
      const token = { name, role, products, expiresAt, createdBy: writerOf(request) };
      return write(request, 'createToken', async (change) => {
        const faults = await faultsOfToken(change, token);
        if (faults.length > 0) return unprocessable(faults);
        const state = showToken(
          await insertToken(change, { ...token, secretHash: hashOf(secret) }),
        );
        return written(
          { status: 201, body: { ...state, token: secret } },
          { subject: `/v1/tokens/${state.id}`, change: state },
        );
      });
    },

    async listTokens({ query }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position[0] : null;
      const rows = await listTokens(db, { after, limit: query.limit + 1 });
      return { status: 200, body: pageOf(rows, query.limit, showToken, ({ id }) => [id]) };
    },

    async revokeToken(request) {
      const id = request.path.token;
      const answer = await write(request, 'revokeToken', async (change) => {
        const revoked = await revokeToken(change, id);
        if (revoked.kind === 'absent') {
          return problem('not-found', `There is no token ${id}. List the tokens to find its id.`);
        }
        const done = { status: 204 as const };
        if (!revoked.now) return done;
        return written(done, { subject: `/v1/tokens/${id}`, change: { revoked: true } });
      });
      forget();
      return answer;
    },

    async listAuditEntries({ query }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const rows = await listAuditRows(db, {
        after: start.kind === 'after' ? start.position[0] : null,
        limit: query.limit + 1,
        subject: query.subject ?? null,
      });
      return { status: 200, body: pageOf(rows, query.limit, showAuditEntry, ({ id }) => [id]) };
    },
  };
}

async function faultsOfToken(
  db: Change,
  { role, products, expiresAt }: Pick<NewToken, 'role' | 'products' | 'expiresAt'>,
): Promise<{ pointer: string; detail: string }[]> {
  const unknown = await unknownProducts(db, products ?? []);
  const faults = unknown.map((key) => ({
    pointer: `/products/${products?.indexOf(key)}`,
    detail: `There is no product '${key}'. Put it first, or correct the key.`,
  }));
  if (role === 'admin' && products !== null) {
    const detail =
      'An administrator hands out tokens for every product, so the role is not bound to some. Leave products out, or choose another role.';
    faults.push({ pointer: '/products', detail });
  }
  if (expiresAt !== null && (await isPast(db, expiresAt))) {
    const detail = 'It lies in the past, so the token would never work. Choose a later instant.';
    faults.push({ pointer: '/expiresAt', detail });
  }
  return faults;
}

function showAuditEntry(row: AuditRow): components['schemas']['AuditEntry'] {
  return {
    id: String(row.id),
    at: row.at,
    by: row.written_by,
    tokenId: row.token_id === null ? null : String(row.token_id),
    role: row.role,
    operation: row.operation,
    subject: row.subject,
    requestId: row.request_id,
    remoteAddress: row.remote_address,
    change: row.change,
  };
}
