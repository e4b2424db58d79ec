/** Who may activate a hold. What everybody reads is agreed to by two people, as reports are. Pure. */
import type { Caller } from '../../contract/caller.ts';
import { isSamePerson } from '../../gate/index.ts';
import type { StoredHold } from './hold.ts';

export type Refusal = { kind: 'forbidden' | 'conflict'; why: string };

/** Null where they may. An internal hold is activated by whoever may change it. */
export function refuseActivation(
  { id, body, history }: Pick<StoredHold, 'id' | 'body' | 'history'>,
  caller: Caller,
): Refusal | null {
  if (body.visibility !== 'public' || caller.kind !== 'token') return null;
  if (!isApprover(caller)) {
    const why = `Hold ${id} is public, and only an approver activates what everybody reads. Ask one, or make it internal first.`;
    return { kind: 'forbidden', why };
  }
  const said = history.findLast(({ change }) => change === 'proposed' || change === 'edited');
  if (!said || !isSamePerson(said.by, caller.name)) return null;
  const why = `Hold ${id} is public, and ${said.by} wrote it as it is: nobody activates their own words. Ask another approver, or make it internal first.`;
  return { kind: 'conflict', why };
}

export function isApprover(caller: Caller): boolean {
  return caller.kind === 'token' && (caller.role === 'approver' || caller.role === 'admin');
}
