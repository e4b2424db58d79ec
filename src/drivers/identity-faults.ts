/** What makes a driver impossible to recognise, or recognised everywhere. Pure. */
import type { components } from '../contract/types.gen.ts';

type Identity = components['schemas']['DriverIdentity'];
type List = keyof Identity;

/** A driver is found by one of these; every other list only confirms, or speaks against, what was found. */
const finding: readonly List[] = [
  ...(['fileNames', 'originalFileNames', 'serviceNames', 'paths', 'originalInfs'] as const),
  ...(['hardwareIds', 'compatibleIds', 'moduleNames', 'srcversions', 'bundleIds'] as const),
  ...(['sha256', 'authentihashSha256'] as const),
];

/** Lists of files, in whose names a comma between two of them is a slip. */
const files: readonly List[] = ['fileNames', 'originalFileNames', 'originalInfs'];
/** What these systems call things has no comma. */
const words: readonly List[] = ['moduleNames', 'bundleIds'];

const severalFiles = /^[^,;]+\.\w{2,4}(?:\s*[,;]\s*[^,;]+\.\w{2,4})+$/;

/** As pointers into the driver; empty where nothing is wrong. */
export function faultsOfIdentity(identity: Identity): { pointer: string; detail: string }[] {
  const faults = (Object.keys(identity) as List[]).flatMap((list) =>
    (identity[list] ?? []).flatMap((name, index) => {
      const detail = faultOfName(list, name);
      return detail === null ? [] : [{ pointer: `/identity/${list}/${index}`, detail }];
    }),
  );
  if (finding.some((list) => (identity[list] ?? []).length > 0)) return faults;
  const detail =
    'It can never be recognised. Say at least one file name, hash, module name or bundle id.';
  return [{ pointer: '/identity', detail }, ...faults];
}

function faultOfName(list: List, name: string): string | null {
  // With nothing but an ending left, every file of its sort has the name.
  if (/^[*?.\s\\/]*(?:\.(?:sys|dll|exe|ko|kext|inf|dext))?$/i.test(name) && name.trim() !== '') {
    return `'${name}' is the name of every driver there is. Say more of it.`;
  }
  const joined =
    (files.includes(list) && severalFiles.test(name)) ||
    (words.includes(list) && /[,;]/.test(name));
  if (!joined) return null;
  return `'${name}' is read as a single name. Write each as a value of its own: in CSV with | between them.`;
}
