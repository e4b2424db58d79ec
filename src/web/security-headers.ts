/** The headers under which every page is sent: nothing is loaded that is not ours, and next to nothing runs. */
import { affectedScript } from './scripts.ts';

/** Of scripts the one by its text, which a single page carries: a page that was tampered with runs no other. */
const policy = [
  "default-src 'none'",
  `script-src ${affectedScript.source}`,
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy.join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
