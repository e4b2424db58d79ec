/** The drivers that a file holds, whichever shape they are written in. Pure. */
import { readJson } from '../../contract/json-text.ts';
import { decodeText } from '../inventories/decode-text.ts';
import { readCsvDrivers } from './csv-drivers.ts';
import type { DriverFile, ImportedDriver, Unsaid } from './driver-file.ts';
import { isLolDriver, readLolDriver } from './loldrivers.ts';

export type { DriverFile, DriverInFile, FaultInFile, ImportedDriver } from './driver-file.ts';

/** Takes CSV in any encoding, and JSON of our own shape or that of LOLDrivers. */
export function readDrivers(bytes: Uint8Array, unsaid: Unsaid): DriverFile {
  const decoded = decodeText(bytes);
  if (decoded.kind === 'binary') {
    return { kind: 'unreadable', why: `It is ${decoded.seen}, neither CSV nor JSON.` };
  }
  const { text } = decoded;
  return /^\s*[[{]/.test(text) ? readJsonDrivers(text, unsaid) : readCsvDrivers(text, unsaid);
}

function readJsonDrivers(text: string, unsaid: Unsaid): DriverFile {
  const reading = readJson(text);
  if (reading.kind !== 'value') {
    return { kind: 'unreadable', why: `It can't be read as JSON: ${reading.fault.detail}.` };
  }
  const { value } = reading;
  const entries = Array.isArray(value) ? value : (value as { drivers?: unknown }).drivers;
  if (!Array.isArray(entries)) {
    const why = 'It is no list of drivers. Write a list, or an object with the list as drivers.';
    return { kind: 'unreadable', why };
  }
  const file: Extract<DriverFile, { kind: 'read' }> = { kind: 'read', drivers: [], faults: [] };
  for (const [index, entry] of entries.entries()) {
    const place = `entry ${index + 1}`;
    const read = readEntry(entry, unsaid);
    if (typeof read === 'string') file.faults.push({ place, detail: read });
    else file.drivers.push({ place, driver: read });
  }
  return file;
}

/** A sentence where it is no driver. */
function readEntry(entry: unknown, unsaid: Unsaid): ImportedDriver | string {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return 'It is no driver: an object with named fields is needed.';
  }
  if (isLolDriver(entry)) return readLolDriver(entry, unsaid);
  // Whatever else is wrong with it, the service says.
  return { ...unsaid, ...entry } as ImportedDriver;
}
