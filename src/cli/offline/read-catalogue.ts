/** Reads a catalogue that was handed out, and refuses what answers must not be made of. Pure. */
import { document } from 'holdfast:contract';
import { below } from '../../contract/document.ts';
import { schemasOf } from '../../contract/schemas.ts';
import {
  catalogueFormat,
  knownFrom,
  type PublicCatalogue,
} from '../../drivers/affected/public-catalogue.ts';
import { parseRange } from '../../versions/index.ts';

/** `why` goes on after the place: "is cut off". */
export type CatalogueReading =
  | { kind: 'read'; catalogue: PublicCatalogue }
  | { kind: 'unreadable'; why: string };

export function readCatalogue(text: string): CatalogueReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable('is damaged: it is no JSON, or a part of it only.');
  }
  const format = formatOf(value);
  if (format === null) return unreadable('is no catalogue of a Holdfast service.');
  if (format > catalogueFormat) {
    return unreadable(
      `has format ${format}, and this command line knows none after ${catalogueFormat}. Use the command line of the service's version.`,
    );
  }
  const [fault] = schemasOf(document).at(below('', 'components', 'schemas', 'AffectedCatalogue'))(
    value,
  );
  if (fault) return unreadable(`cannot be relied on: ${fault.pointer || 'it'} ${fault.detail}.`);
  const catalogue = value as PublicCatalogue;
  for (const range of rangesIn(catalogue)) {
    const parsed = parseRange(range);
    if (!parsed.ok) return unreadable(`cannot be relied on: ${range}: ${parsed.reason}`);
  }
  try {
    knownFrom(catalogue);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unreadable(`cannot be relied on: ${reason}.`);
  }
  return { kind: 'read', catalogue };
}

/** They are read when a machine is held against them, which is too late to find a fault. */
function* rangesIn({ incidents }: PublicCatalogue): Generator<string> {
  for (const { affected, drivers } of incidents) {
    for (const { versions, conditions } of affected) {
      if (versions !== null) yield versions;
      if (conditions?.osBuilds !== undefined) yield conditions.osBuilds;
      for (const companion of conditions?.companions ?? []) yield companion.versions;
    }
    for (const { versions } of drivers) if (versions !== null) yield versions;
  }
}

function formatOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('format' in value)) return null;
  return typeof value.format === 'number' ? value.format : null;
}

function unreadable(why: string): CatalogueReading {
  return { kind: 'unreadable', why };
}
