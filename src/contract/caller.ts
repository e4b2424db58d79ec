/** Who is asking, as the contract's handlers see them. */

/** In the order of the table in docs/operating.md; a token has exactly one. */
export const roles = ['reader', 'engineer', 'pipeline', 'approver', 'admin'] as const;

export type Role = (typeof roles)[number];

/** Nobody in particular, or the holder of a token that is valid now. */
export type Caller =
  | { kind: 'anonymous' }
  | {
      kind: 'token';
      tokenId: string;
      /** Tokens of one name are one person. */
      name: string;
      role: Role;
      /** Keys of the products it is bound to; null where it is bound to none in particular. */
      products: readonly string[] | null;
    };

/** A caller that a token identified. */
export type TokenCaller = Extract<Caller, { kind: 'token' }>;

/** What a request shows to say who it comes from. */
export interface Credentials {
  /** The header as sent, `Bearer …` or anything else; null where there is none. */
  authorization: string | null;
  remoteAddress: string | null;
}

/** Credentials that identify nobody: unknown, expired, revoked or malformed. */
export interface InvalidCredentials {
  kind: 'invalid';
  /** A sentence for the caller, for example `The token expired on 2024-07-19T00:00:00Z.` */
  detail: string;
}
