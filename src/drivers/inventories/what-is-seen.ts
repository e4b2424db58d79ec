/** What stands in a text that is no inventory, and what whoever handed it in can do. */
import { beginning } from './findings.ts';
import { isJsonText } from './json-rows.ts';
import { sampleOf } from './lines.ts';

/** `hint` says what to do about it; null where nothing better is known than to hand in something else. */
export interface Seen {
  seen: string;
  hint: string | null;
}

export function whatIsSeen(text: string, lines: readonly string[]): Seen {
  const begun = text.trimStart();
  if (begun === '') return { seen: 'nothing', hint: null };
  if (/^<(?:!doctype )?html/i.test(begun)) return { seen: 'an HTML page', hint: null };
  if (begun.startsWith('<')) return { seen: 'XML', hint: null };
  if (/^(?:\[\s*\]|\{\s*\})\s*$/.test(begun)) {
    return { seen: 'an empty list', hint: 'The command that made it found no driver at all.' };
  }
  if (isJsonText(begun)) return { seen: 'JSON that names no driver', hint: null };
  return madeForPeople(sampleOf(lines)) ?? { seen: beginsWith(begun), hint: null };
}

/** Tables and lists on a screen cut names off, or leave the names of files out. */
function madeForPeople(sample: readonly string[]): Seen | null {
  // In every language the names of the columns are underlined, by each tool in its own way.
  const [, underline = ''] = sample;
  if (/^=+(?: +=+)+\s*$/.test(underline)) {
    const hint = 'It leaves out the names of files. Add /v /fo csv to the command.';
    return { seen: 'the table that driverquery shows on the screen', hint };
  }
  if (/^-+(?: +-+)+\s*$/.test(underline)) {
    const hint = 'It cuts off what is too wide. Let the command end in | ConvertTo-Json.';
    return { seen: 'a table that PowerShell shows on the screen', hint };
  }
  if (!sample.some((line) => /^Module Name: /.test(line))) return null;
  const hint = 'Let the command end in /v /fo csv.';
  return { seen: 'the list that driverquery shows on the screen', hint };
}

function beginsWith(text: string): string {
  return `text that begins with "${beginning(text.split('\n', 1)[0] ?? '')}"`;
}
