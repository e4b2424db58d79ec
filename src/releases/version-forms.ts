/** The forms under which a version written in an address may be on record. */
import { checkVersion, type Scheme, schemes } from '../versions/index.ts';

/**
 * For each scheme in which the text is a whole version, the form that is equal for equal versions. The scheme is the
 * product's, which only the database knows: so a release is found in one round trip.
 */
export function versionForms(text: string): Partial<Record<Scheme, string>> {
  const forms: Partial<Record<Scheme, string>> = {};
  for (const scheme of schemes) {
    const reading = checkVersion(scheme, text);
    if (reading.ok) forms[scheme] = reading.canonical;
  }
  return forms;
}
