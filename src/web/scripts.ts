/** The scripts that pages carry, each by its text, which is all that the content security policy lets run. */
import { files } from 'holdfast:web-assets';
import { createHash } from 'node:crypto';

export interface PageScript {
  text: string;
  /** As a source of the policy: `'sha256-…'`. */
  source: string;
}

export const affectedScript = pageScript('affected.js');

function pageScript(name: string): PageScript {
  const text = files[name];
  if (text === undefined) throw new Error(`src/web/assets/${name} is missing.`);
  const hash = createHash('sha256').update(text).digest('base64');
  return { text, source: `'sha256-${hash}'` };
}
