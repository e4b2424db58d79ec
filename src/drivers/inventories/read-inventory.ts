/** The door for inventories: recognises what a machine printed, by its content alone, and reads it. */
import { csvTable } from './csv-table.ts';
import { decodeText } from './decode-text.ts';
import { driverquery } from './driverquery.ts';
import { Findings } from './findings.ts';
import {
  type InventoryLimits,
  type InventoryReading,
  type TextEncoding,
  usualLimits,
} from './inventory.ts';
import { isJsonText, readJsonRows } from './json-rows.ts';
import { lineCharactersMax, linesOf, sampleOf, saysNothing, withPlainLineEnds } from './lines.ts';
import { lsmod } from './lsmod.ts';
import { kmutil, systemExtensions } from './macos.ts';
import { modinfo } from './modinfo.ts';
import { pnputil } from './pnputil.ts';
import { propertyList } from './property-list.ts';
import type { Recognised, TextFormat } from './text-format.ts';
import { type Seen, whatIsSeen } from './what-is-seen.ts';

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

/** By system, the one that says most of each driver first. */
const understood =
  'on Windows, Get-CimInstance Win32_SystemDriver with the versions and signers of the files, as ConvertTo-Json prints it, ' +
  'Win32_PnPSignedDriver as a list, CSV or JSON, driverquery /v /fo csv, pnputil /enum-drivers; ' +
  'on Linux, modinfo, lsmod; on macOS, systemextensionsctl list, kmutil showloaded; osquery as JSON';

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
  if (decoded.kind === 'binary') return unrecognised({ seen: decoded.seen, hint: null });
  const text = withPlainLineEnds(decoded.text);
  const lines = linesOf(text, limits.linesMax);
  if (lines === null) return tooLarge(limits.linesMax, 'lines');
  const findings = new Findings(lines, limits);
  const recognised = readJsonOrText(lines, text, findings);
  if (recognised === null) return unrecognised(whatIsSeen(text, lines));
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
  const readable = lines.map((line) => (unusable(line) === null ? line.trimEnd() : ''));
  const format = formatOf(readable);
  if (format === null) return null;
  for (const [index, line] of lines.entries()) {
    const why = unusable(line);
    if (why !== null && line.trim() !== '') findings.unread(index + 1, index + 1, why);
  }
  return format.read(readable, findings);
}

/** Why a line can belong to no inventory. */
function unusable(line: string): string | null {
  if (line.length > lineCharactersMax) return `It is longer than ${lineCharactersMax} characters.`;
  return line.includes('\0') ? 'It is in another encoding than the lines before it.' : null;
}

function formatOf(lines: readonly string[]): TextFormat | null {
  const sample = sampleOf(lines);
  let best: { format: TextFormat; telling: number } | null = null;
  for (const format of textFormats) {
    const telling = format.tellingLines(sample);
    if (telling > (best?.telling ?? 0)) best = { format, telling };
  }
  return best?.format ?? null;
}

function unrecognised({ seen, hint }: Seen): InventoryReading {
  const what =
    seen === 'nothing' ? 'The inventory is empty.' : 'It is no list of drivers understood here.';
  const handIn = `Hand in what one of these prints: ${understood}.`;
  const why = [what, ...(hint === null ? [] : [hint]), handIn].join(' ');
  return { kind: 'unrecognised', seen, why };
}

function tooLarge(most: number, what: 'bytes' | 'lines' | 'drivers'): InventoryReading {
  const why = `The inventory has more than ${most.toLocaleString('en')} ${what}, which no machine prints. Hand in the list of drivers alone.`;
  return { kind: 'too_large', why };
}
