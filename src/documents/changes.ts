/** What differs between two revisions of a record, as a person would say it. Pure, and always in the same order. */
import { isDeepStrictEqual } from 'node:util';
import { below } from '../contract/document.ts';
import type { components } from '../contract/types.gen.ts';
import { alignedPairs } from './alignment.ts';
import { isJsonObject } from './json-object.ts';

export type Change = components['schemas']['Change'];

/**
 * By what a member of a list is known, so that a new one in front does not read as a change of every other. Members of
 * other lists are known by all that they are.
 */
const knownBy: Readonly<Record<string, readonly string[]>> = {
  affected: ['product'],
  companions: ['product'],
  settings: ['name'],
  measures: ['unit', 'source'],
  timeline: ['type', 'at'],
  causes: ['id'],
  drivers: ['driver', 'role'],
  actions: ['id'],
  checks: ['check'],
  sources: ['id'],
  claims: ['about', 'source'],
  externalIds: ['scheme', 'id'],
};

/**
 * The smallest parts that differ. A pointer leads to the part in the later revision; for one that is gone (no `after`),
 * in the earlier one.
 */
export function changesBetween(before: unknown, after: unknown): Change[] {
  return changesAt('', before, after);
}

/** The one change by which a record came into being. */
export function changeIntoBeing(after: unknown): Change[] {
  return [{ pointer: '', after }];
}

function changesAt(pointer: string, before: unknown, after: unknown): Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return changesOfList(pointer, before, after);
  if (isJsonObject(before) && isJsonObject(after)) return changesOfObject(pointer, before, after);
  return [{ pointer, before, after }];
}

function changesOfObject(pointer: string, before: object, after: object): Change[] {
  const left = new Map(Object.entries(before));
  const right = new Map(Object.entries(after));
  const names = new Set([...right.keys(), ...left.keys()]);
  return [...names].flatMap((name): Change[] => {
    const at = below(pointer, name);
    if (!right.has(name)) return [{ pointer: at, before: left.get(name) }];
    if (!left.has(name)) return [{ pointer: at, after: right.get(name) }];
    return changesAt(at, left.get(name), right.get(name));
  });
}

function changesOfList(
  pointer: string,
  before: readonly unknown[],
  after: readonly unknown[],
): Change[] {
  const fields = knownBy[pointer.slice(pointer.lastIndexOf('/') + 1)] ?? [];
  const names = (list: readonly unknown[]) => list.map((member) => nameOf(member, fields));
  const changes: Change[] = [];
  let left = 0;
  let right = 0;
  const skipTo = (leftEnd: number, rightEnd: number) => {
    for (; left < leftEnd; left++) {
      changes.push({ pointer: below(pointer, left), before: before[left] });
    }
    for (; right < rightEnd; right++) {
      changes.push({ pointer: below(pointer, right), after: after[right] });
    }
  };
  for (const [leftPair, rightPair] of alignedPairs(names(before), names(after))) {
    skipTo(leftPair, rightPair);
    changes.push(...changesAt(below(pointer, rightPair), before[left++], after[right++]));
  }
  skipTo(before.length, after.length);
  return changes;
}

function nameOf(member: unknown, fields: readonly string[]): string {
  if (!isJsonObject(member) || fields.length === 0) return JSON.stringify(member);
  const values = new Map(Object.entries(member));
  return JSON.stringify(fields.map((field) => values.get(field) ?? null));
}
