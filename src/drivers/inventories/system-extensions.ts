/** `systemextensionsctl list` of macOS. */
import type { LineFormat } from './line-per-driver.ts';

export const systemExtensionLine: LineFormat = {
  format: 'systemextensionsctl',
  platform: 'macos',
  // What was terminated runs no more, although it lies there until the next start.
  isKnown: (line) =>
    /^\s*(?:\d+ extension\(s\)\s*$|--- com\.apple\.|enabled\s+active\s+teamID\s+bundleID)/.test(
      line,
    ) || /\[terminated waiting to uninstall on reboot\]\s*$/.test(line),
  // Tabs stand between the columns, until somebody copies the text from a console.
  driverOf(line) {
    const bare = line.trim();
    const begun = /^(?:\*\s+){0,2}(?:([A-Z0-9]{10})\s+)?([\w-]+(?:\.[\w-]+)+) \(([^()]*)\)\s/.exec(
      bare,
    );
    const state = bare.lastIndexOf('[');
    if (begun === null || state < begun[0].length || !bare.endsWith(']')) return null;
    const [all, teamId, bundleId, version] = begun;
    return { teamId, bundleId, version, displayName: bare.slice(all.length, state) };
  },
  expected: 'a team id, a bundle id with its version, a name and a state',
};
