/** `kmutil showloaded` and `kextstat` of macOS. */
import type { LineFormat } from './line-per-driver.ts';

export const kernelExtensionLine: LineFormat = {
  format: 'kmutil',
  platform: 'macos',
  isKnown: (line) =>
    /^\s*(?:Index Refs Address|Executing: \S*kmutil|No variant specified)/.test(line),
  driverOf(line) {
    const [, bundleId, version] = row.exec(line.trim()) ?? [];
    return bundleId === undefined ? null : { bundleId, version };
  },
  expected: 'an index, references, an address, two sizes, and a bundle id with its version',
};

// Index Refs Address Size Wired Name (Version) UUID <Linked Against>
const row =
  /^\d+ +\d+ +(?:0x[0-9a-f]+|0) +(?:0x[0-9a-f]+|0) +(?:0x[0-9a-f]+|0) +([\w-]+(?:\.[\w-]+)*) \(([^()]*)\)(?: [0-9A-F-]{36})?(?: <[\d ]*>)?$/i;
