/** Writes texts in the encodings of other machines, for which Node has decoders only. */
import { TextDecoder } from 'node:util';

export function encode(text: string, encoding: string): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-8 with mark':
      return Buffer.from(`\ufeff${text}`);
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16le with mark':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf-16be with mark':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    default:
      return Buffer.concat([...text].map((character) => bytesOf(character, encoding)));
  }
}

const tables = new Map<string, Map<string, Uint8Array>>();

function bytesOf(character: string, encoding: string): Uint8Array {
  const table = tables.get(encoding) ?? (encoding === 'cp850' ? cp850() : inverted(encoding));
  tables.set(encoding, table);
  const bytes = table.get(character);
  if (!bytes) throw new Error(`${encoding} has no ${character}.`);
  return bytes;
}

/** As far as the fixtures need it, after Unicode's CP850.TXT. */
function cp850(): Map<string, Uint8Array> {
  const letters = Object.entries({ ü: 0x81, ä: 0x84, ö: 0x94, ß: 0xe1 });
  const ascii = Array.from(
    { length: 128 },
    (_, byte) => [String.fromCharCode(byte), byte] as const,
  );
  return new Map(
    [...ascii, ...letters].map(([character, byte]) => [character, Uint8Array.of(byte)]),
  );
}

/** Every character of one byte or two, by way of the decoder. */
function inverted(encoding: string): Map<string, Uint8Array> {
  const table = new Map<string, Uint8Array>();
  const decoder = new TextDecoder(encoding);
  const add = (bytes: Uint8Array) => {
    const character = decoder.decode(bytes);
    const isOne = [...character].length === 1 && character !== '\ufffd';
    if (isOne && !table.has(character)) table.set(character, bytes);
  };
  // Not every Node decodes the quotation marks of windows-1252.
  if (encoding === 'windows-1252') table.set('’', Uint8Array.of(0x92));
  for (let one = 0; one < 256; one++) add(Uint8Array.of(one));
  for (let first = 0x81; first < 256; first++) {
    for (let second = 0x40; second < 256; second++) add(Uint8Array.of(first, second));
  }
  return table;
}
