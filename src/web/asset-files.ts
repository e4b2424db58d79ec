/** The files that pages load, each at an address that changes with its content, so that it can be kept for ever. */

import { files } from 'holdfast:web-assets';
import { createHash } from 'node:crypto';

export interface AssetFile {
  address: string;
  mediaType: string;
  text: string;
}

/** In this order: what comes later overrides what came before. */
const sheets = [
  'theme.css',
  'base.css',
  'frame.css',
  'forms.css',
  'reports.css',
  'report.css',
  'affected.css',
  'docs.css',
  'print.css',
];

export const stylesheet = assetFile(
  'pages.css',
  'text/css; charset=utf-8',
  sheets.map(textOf).join('\n'),
);

export const favicon = assetFile('favicon.svg', 'image/svg+xml', textOf('favicon.svg'));

function assetFile(name: string, mediaType: string, text: string): AssetFile {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { address: name.replace('.', `-${hash}.`).replace(/^/, '/assets/'), mediaType, text };
}

function textOf(name: string): string {
  const text = files[name];
  if (text === undefined) throw new Error(`src/web/assets/${name} is missing.`);
  return text;
}
