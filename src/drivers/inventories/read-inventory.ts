/** The door for inventories: recognises what a machine printed, by its content alone, and reads it. */
import { csvTable } from './csv-table.ts';
import { decodeText } from './decode-text.ts';
import { driverquery } from './driverquery.ts';
import { beginning, Findings } from './findings.ts';
import {
  type InventoryLimits,
  type InventoryReading,
  type TextEncoding,
  usualLimits,
} from './inventory.ts';
import { isJsonText, readJsonRows } from './json-rows.ts';
import {
  lineCharactersMax,
  linesOf,
  sampleLines,
  saysNothing,
  withPlainLineEnds,
} from './lines.ts';
import { lsmod } from './lsmod.ts';
import { kmutil, systemExtensions } from './macos.ts';
import { modinfo } from './modinfo.ts';
import { pnputil } from './pnputil.ts';
import { propertyList } from './property-list.ts';
import type { Recognised, TextFormat } from './text-format.ts';

/** Where a text could be two of them, the first is meant. */
const textFormats: readonly TextFormat[] = [
  propertyList,
  csvTable,
  driverquery,
  pnputil,
  modinfo,
  systemExtensions,
  kmutil,
  lsmod,
];

const understood = [...textFormats.map(({ called }) => called), 'osquery as JSON'].join(', ');

/**
 * Reads an inventory in whatever format, language, encoding and line ends it comes, and keeps nothing.
 *
 * Every line is part of a driver, or says nothing of any (blank lines, headings, prompts), or is listed
 * as unreadable. Time and memory grow with the size, which `limits` bounds. Never throws.
 */
export function readInventory(
  bytes: Uint8Array,
  limits: InventoryLimits = usualLimits,
): InventoryReading {
  if (bytes.length > limits.bytesMax) return tooLarge(limits.bytesMax, 'bytes');
  const decoded = decodeText(bytes);
  if (decoded.kind === 'binary') return unrecognised(decoded.seen);
  const text = withPlainLineEnds(decoded.text);
  const lines = linesOf(text, limits.linesMax);
  if (lines === null) return tooLarge(limits.linesMax, 'lines');
  const findings = new Findings(lines, limits);
  const recognised = readJsonOrText(lines, text, findings);
  if (recognised === null) return unrecognised(seenIn(text));
  if (findings.overflowed) return tooLarge(limits.itemsMax, 'drivers');
  return reading(recognised, decoded.encoding, findings);
}

function reading(
  { format, platform }: Recognised,
  encoding: TextEncoding,
  { items, unreadable, unreadableTotal }: Findings,
): InventoryReading {
  return { kind: 'read', format, platform, encoding, items, unreadable, unreadableTotal };
}

/** How far down JSON is looked for, below what a tool has to say first. */
const linesAboveJsonMax = 20;

function readJsonOrText(
  lines: readonly string[],
  text: string,
  findings: Findings,
): Recognised | null {
  const first = lines.findIndex((line) => !saysNothing(line));
  const json = lines.slice(0, Math.max(first, 0) + linesAboveJsonMax).findIndex(isJsonText);
  if (json < 0) return readText(lines, findings);
  // A line that begins with a bracket among others need not be JSON.
  return json === first
    ? (readJson(lines, json, text, findings) ?? readText(lines, findings))
    : (readText(lines, findings) ?? readJson(lines, json, text, findings));
}

function readJson(
  lines: readonly string[],
  start: number,
  text: string,
  findings: Findings,
): Recognised | null {
  const above = lines.slice(0, start);
  const length = above.reduce((sum, line) => sum + line.length + 1, 0);
  // What stands above becomes blank, so that the lines keep their numbers.
  const recognised = readJsonRows('\n'.repeat(start) + text.slice(length), findings);
  if (recognised === null) return null;
  for (const [index, line] of above.entries()) {
    if (!saysNothing(line)) findings.unread(index + 1, index + 1, 'It stands above the JSON.');
  }
  return recognised;
}

function readText(lines: readonly string[], findings: Findings): Recognised | null {
  const readable = lines.map((line) => (line.length > lineCharactersMax ? '' : line.trimEnd()));
  const format = formatOf(readable);
  if (format === null) return null;
  for (const [index, line] of lines.entries()) {
    if (line.length <= lineCharactersMax || line.trim() === '') continue;
    findings.unread(index + 1, index + 1, `It is longer than ${lineCharactersMax} characters.`);
  }
  return format.read(readable, findings);
}

function formatOf(lines: readonly string[]): TextFormat | null {
  const sample: string[] = [];
  for (const line of lines) {
    if (!saysNothing(line)) sample.push(line);
    if (sample.length === sampleLines) break;
  }
  let best: { format: TextFormat; telling: number } | null = null;
  for (const format of textFormats) {
    const telling = format.tellingLines(sample);
    if (telling > (best?.telling ?? 0)) best = { format, telling };
  }
  return best?.format ?? null;
}

function seenIn(text: string): string {
  const begun = text.trimStart();
  if (begun === '') return 'nothing';
  if (/^<(?:!doctype )?html/i.test(begun)) return 'an HTML page';
  if (begun.startsWith('<')) return 'XML';
  if (isJsonText(begun)) return 'JSON that names no driver';
  return `text that begins with "${beginning(begun.split('\n', 1)[0] ?? '')}"`;
}

function unrecognised(seen: string): InventoryReading {
  const why = `The inventory holds ${seen}, which is no list of drivers understood here. Hand in what one of these prints: ${understood}.`;
  return { kind: 'unrecognised', seen, why };
}

function tooLarge(most: number, what: 'bytes' | 'lines' | 'drivers'): InventoryReading {
  const why = `The inventory has more than ${most.toLocaleString('en')} ${what}, which no machine prints. Hand in the list of drivers alone.`;
  return { kind: 'too_large', why };
}
