/** Which callers an operation is for, from the `security` of openapi.yaml. */
import { type Caller, type Role, roles } from './caller.ts';
import type { SecurityNode } from './document.ts';

/** Anyone at all; anyone with a token; or one of some roles. */
export type Access =
  | { kind: 'anyone' }
  | { kind: 'token' }
  | { kind: 'roles'; roles: readonly Role[] };

export type Permission = 'granted' | 'needs_token' | 'needs_other_role';

/**
 * Alternatives are read as OpenAPI 3.1 says: any one of them is enough. `{}` is anyone, `token: []` any token,
 * `token: [engineer]` that role. Throws for an alternative that nobody could meet.
 */
export function accessOf(operationId: string, security: SecurityNode): Access {
  if (security.length === 0) return { kind: 'anyone' };
  const named: Role[] = [];
  let anyToken = false;
  for (const alternative of security) {
    if (Object.keys(alternative).length === 0) return { kind: 'anyone' };
    const names = alternative.token;
    const name = names?.[0];
    if (!names || names.length > 1 || Object.keys(alternative).length > 1) {
      throw new Error(
        `openapi.yaml: ${operationId} asks for ${JSON.stringify(alternative)}; a token has one role.`,
      );
    }
    if (name === undefined) anyToken = true;
    else if (isRole(name)) named.push(name);
    else throw new Error(`openapi.yaml: ${operationId} asks for the unknown role ${name}.`);
  }
  return anyToken ? { kind: 'token' } : { kind: 'roles', roles: named };
}

export function permission(access: Access, caller: Caller): Permission {
  if (access.kind === 'anyone') return 'granted';
  if (caller.kind === 'anonymous') return 'needs_token';
  if (access.kind === 'token') return 'granted';
  return access.roles.includes(caller.role) ? 'granted' : 'needs_other_role';
}

function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}
