/** Reads JSON text that a stranger sent, and refuses what a later step could trip over. */
import { type JsonFault, jsonFault } from './json-fault.ts';
import { isUnstorable } from './unstorable.ts';

export type JsonReading = { kind: 'value'; value: unknown } | { kind: 'fault'; fault: JsonFault };

export const jsonDepthMax = 64;

/**
 * Names that JavaScript gives a meaning of its own, so that a careless copy of an object would be harmed by them.
 */
export const namesRefused: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The value, where the text is JSON (RFC 8259), at most `jsonDepthMax` deep, names no field twice in one object, has
 * no name of `namesRefused` and no character that PostgreSQL cannot store (U+0000, half a surrogate pair).
 */
export function readJson(text: string): JsonReading {
  const outline = outlineOf(text);
  if (outline.depth <= jsonDepthMax) {
    try {
      const value: unknown = JSON.parse(text);
      // JSON.parse keeps the last of two equal names, so a name that was given twice is missing from the count.
      if (namesIn(value, text.includes('\\u')) === outline.names) return { kind: 'value', value };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return { kind: 'fault', fault: jsonFault(text, jsonDepthMax, namesRefused) };
}

/** Depth and number of names, without building anything. Right for JSON; for other text it does not matter. */
function outlineOf(text: string): { depth: number; names: number } {
  let depth = 0;
  let deepest = 0;
  let names = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x22: // "
        index = endOfString(text, index);
        break;
      case 0x3a: // :
        names++;
        break;
      case 0x7b: // {
      case 0x5b: // [
        deepest = Math.max(deepest, ++depth);
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth--;
        break;
    }
  }
  return { depth: deepest, names };
}

/** Where the closing quote stands, or the end of the text. */
function endOfString(text: string, opening: number): number {
  let end = opening;
  do {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
  } while (isEscaped(text, end));
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/** How many names a value has altogether; NaN where something in it is refused. */
function namesIn(value: unknown, escapes: boolean): number {
  // Only an escape can bring such a character into text that was UTF-8.
  if (typeof value === 'string') return escapes && isUnstorable(value) ? Number.NaN : 0;
  if (typeof value !== 'object' || value === null) return 0;
  let names = 0;
  if (Array.isArray(value)) {
    for (const item of value) names += namesIn(item, escapes);
    return names;
  }
  // What JSON.parse made has no names but its own.
  for (const name in value) {
    if (namesRefused.has(name) || (escapes && isUnstorable(name))) return Number.NaN;
    names += 1 + namesIn((value as Record<string, unknown>)[name], escapes);
  }
  return names;
}
