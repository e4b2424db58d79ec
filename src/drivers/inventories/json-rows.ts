/** Rows as JSON: `ConvertTo-Json`, `osqueryi --json`, and `{"drivers": […]}`. */
import type { Findings } from './findings.ts';
import { type JsonPiece, jsonPieces } from './json-objects.ts';
import { ownSource } from './own-rows.ts';
import { formatOf, type Row, type RowSource, type RowValue } from './row.ts';
import { sourceOf, takeRow } from './row-sources.ts';
import type { Recognised } from './text-format.ts';

/** So many rows are enough to tell what they are. */
const sampleRows = 50;

export function isJsonText(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** Null where the text holds nothing of a driver. Line numbers count from `text`'s first line. */
export function readJsonRows(text: string, findings: Findings): Recognised | null {
  const { pieces, inDrivers, stray } = jsonPieces(text, findings.itemsMax);
  if (!findings.takesAsMany(pieces.length)) pieces.length = sampleRows;
  const source = inDrivers ? ownSource : sourceOfPieces(pieces);
  if (source === null) return null;
  for (const piece of pieces) {
    const row = rowOf(piece);
    if (row) takeRow(source, row, findings, piece.from, piece.to);
    else findings.unread(piece.from, piece.to, 'It is not a whole JSON object.');
  }
  for (const line of stray) findings.unread(line, line, 'It belongs to no JSON.');
  return { format: formatOf(source, 'json'), platform: source.platform };
}

function sourceOfPieces(pieces: readonly JsonPiece[]): RowSource | null {
  const names = new Set<string>();
  let rows = 0;
  for (const piece of pieces) {
    const row = rowOf(piece);
    for (const name of row?.keys() ?? []) names.add(name);
    if (row && ++rows === sampleRows) break;
  }
  return sourceOf(names);
}

function rowOf(piece: JsonPiece): Row | null {
  if (piece.kind === 'broken') return null;
  try {
    const members = Object.entries(JSON.parse(piece.text));
    return new Map(members.map(([name, value]) => [name.toLowerCase(), rowValue(value)]));
  } catch {
    return null;
  }
}

/** What is neither text, number nor list of texts says nothing of a driver, .NET's versions apart. */
function rowValue(value: unknown): RowValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string');
  return typeof value === 'object' && value !== null ? versionOf(value) : '';
}

/** `ConvertTo-Json` takes a System.Version apart. */
function versionOf(value: object): string {
  const parts = new Map(Object.entries(value));
  const numbers = ['Major', 'Minor', 'Build', 'Revision'].map((part) => parts.get(part));
  return numbers.every((part) => Number.isInteger(part) && part >= 0) ? numbers.join('.') : '';
}
