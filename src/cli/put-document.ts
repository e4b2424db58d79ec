/** Creates or replaces a document, so that nobody's change is overwritten unseen. */
import { etag } from '../contract/if-match.ts';
import { changesBetween } from '../documents/changes.ts';
import type { Answer } from './answer.ts';
import type { ExitCode } from './exit-code.ts';
import { describeChanges } from './output/changes.ts';
import { colours } from './output/colour.ts';
import type { Session } from './session.ts';

export interface Put<Document> {
  /** For sentences: `the check channel-boot-loop`. */
  name: string;
  /** Where the document came from. */
  file: string;
  read(): Promise<Answer<Document>>;
  write(ifMatch: string | undefined): Promise<Answer<Document>>;
  /** The whole content, without bookkeeping, that the file would make of the document that is there. */
  wanted(now: Document): object;
  /** The revision that may be written over; left out: the one that is there. */
  revision?: number | undefined;
  /** Says what became of the put where it did not write the document; null where it did. */
  insteadOf?(after: Document): string | null;
  /** Told after every change of a document that was there. */
  changed?(before: Document, after: Document): void;
}

/** What differs between any two revisions, or follows from what does. */
const bookkeeping: ReadonlySet<string> = new Set([
  ...['revision', 'updatedAt', 'updatedBy', 'editors', 'warnings'],
]);

/** Reads, writes over what was read, and says what changed, or who was faster. */
export async function putDocument<Document extends { revision: number }>(
  session: Session,
  put: Put<Document>,
): Promise<ExitCode> {
  const before = await put.read();
  if (before.kind === 'refused' && before.status !== 404) return session.refuse(before);
  const known = before.kind === 'granted' ? before : null;
  const after = await put.write(put.revision === undefined ? known?.etag : etag(put.revision));
  // Without anything to match, 428 says that somebody has created it meanwhile.
  if (after.kind === 'refused' && (after.status === 412 || after.status === 428)) {
    const code = session.refuse(after);
    await showWhatIsThere(session, put);
    return code;
  }
  return session.show(after, (document) => {
    const instead = put.insteadOf?.(document) ?? null;
    if (instead === null) sayWhatChanged(session, put, known?.data, document);
    else session.print(instead);
  });
}

function sayWhatChanged<Document extends { revision: number }>(
  session: Session,
  { name, changed }: Put<Document>,
  before: Document | undefined,
  after: Document,
): void {
  if (before === undefined) {
    session.print(`Created ${name}.`);
  } else if (before.revision === after.revision) {
    session.print(`Nothing changed: ${name} stays at revision ${after.revision}.`);
  } else {
    session.print(`Changed ${name}, revision ${before.revision} to ${after.revision}:`);
    const names = Object.keys(after).filter((name) => !bookkeeping.has(name));
    const changes = changesBetween(only(names, before), only(names, after));
    session.print(describeChanges(changes, session.colours));
    changed?.(before, after);
  }
}

/** To stderr: the answer to the put was another. */
async function showWhatIsThere<Document extends { revision: number }>(
  session: Session,
  { name, file, read, wanted, revision }: Put<Document>,
): Promise<void> {
  const now = await read();
  if (now.kind === 'refused') return;
  const whole = wanted(now.data);
  const changes = changesBetween(only(Object.keys(whole), now.data), whole);
  if (changes.length === 0) {
    session.note(`Revision ${now.data.revision} of ${name} says what ${file} says already.`);
    return;
  }
  session.note(
    `What revision ${now.data.revision} of ${name} says (-), and what ${file} says (+):`,
  );
  session.note(describeChanges(changes, colours(false)));
  const how = revision === undefined ? '' : ` with --revision ${now.data.revision}`;
  session.note(`Repeat the command${how} to put the file all the same.`);
}

function only(names: readonly string[], document: object): object {
  return Object.fromEntries(Object.entries(document).filter(([name]) => names.includes(name)));
}
