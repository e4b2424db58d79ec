/** A token as the contract shows it. */
import type { components } from '../contract/types.gen.ts';

export type TokenState = components['schemas']['TokenState'];
export type TokenInput = components['schemas']['TokenInput'];
type Role = components['schemas']['Role'];

export interface TokenRow {
  id: number;
  name: string;
  role: string;
  products: string[] | null;
  created_at: string;
  created_by: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
}

export function showToken(row: TokenRow): TokenState {
  return {
    id: String(row.id),
    name: row.name,
    role: row.role as Role,
    products: row.products,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
