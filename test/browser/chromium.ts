/** The browser of the tests: the machine's own Chromium, found on the PATH. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const executable = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find(isExecutable);

/** Where there is none, tests of pages are left out; but not in CI, where nobody would notice. */
export const hasBrowser = executable !== undefined || Boolean(process.env.CI);

/** Says in the list of tests why they were left out. */
export const inBrowser = hasBrowser
  ? 'in Chromium'
  : 'in Chromium (left out: no Chromium on the PATH)';

export async function launchChromium(): Promise<Browser> {
  if (!executable) throw new Error(`None of ${names.join(', ')} is on the PATH. Install one.`);
  return chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const output = fileURLToPath(new URL('../../test-output/pages/', import.meta.url));

/** A file for somebody to look at afterwards. */
export function outputFile(name: string): string {
  mkdirSync(output, { recursive: true });
  return join(output, name);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
