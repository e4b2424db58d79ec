/** What `show` printed, edited and handed in again: its content, without what the service keeps of it. */
import { AskedWrongly } from './exit-code.ts';

/** `kept` are the fields that the service keeps itself. A file that names no key is what somebody wrote, as it stands. */
export function contentOf<Document extends object>(
  written: Document,
  { file, key, kept }: { file: string; key: string; kept: readonly string[] },
): { content: Document; revision: number | undefined } {
  const { key: named, revision } = written as { key?: unknown; revision?: unknown };
  if (named === undefined) return { content: written, revision: undefined };
  if (named !== key) throw new AskedWrongly(`${file} is of ${named}, not of ${key}.`);
  const content = Object.entries(written).filter(([name]) => !kept.includes(name));
  return {
    content: Object.fromEntries(content) as Document,
    revision: typeof revision === 'number' ? revision : undefined,
  };
}
