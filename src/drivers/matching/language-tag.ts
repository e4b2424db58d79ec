/** Languages of systems, as tags of BCP 47 and as the locales that systems print instead. */

/**
 * Whether it is one of those wanted; null where the text does not say enough, or is no tag.
 *
 * What a wanted tag names must agree, whatever else is said (RFC 4647 §3.3.2): `de` is met by `de-AT`, `zh-CN` by
 * `zh-Hans-CN`; `ja-JP` is not told by `ja`.
 */
export function compareLanguages(said: string, wanted: readonly string[]): boolean | null {
  const there = readTag(said);
  if (there === null) return null;
  const answers = wanted.map((each) => compare(there, readTag(each)));
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

interface Tag {
  language: string;
  script: string | undefined;
  region: string | undefined;
  /** In lower case, all of it. */
  whole: string;
}

function compare(said: Tag, wanted: Tag | null): boolean | null {
  if (wanted === null) return null;
  if (said.whole === wanted.whole) return true;
  const parts = (['language', 'script', 'region'] as const).map((part) => {
    if (wanted[part] === undefined || said[part] === wanted[part]) return true;
    return said[part] === undefined ? null : false;
  });
  if (parts.includes(false)) return false;
  const hasMore = said.whole.startsWith(`${wanted.whole}-`);
  return !parts.includes(null) && (hasMore || isPlain(wanted)) ? true : null;
}

/** Whether it consists of what was compared. */
function isPlain({ language, script, region, whole }: Tag): boolean {
  const parts = [language, script, region].filter((part) => part !== undefined);
  return whole === parts.join('-').toLowerCase();
}

/** Of `LANG=de_DE.UTF-8` and `de_DE@euro` the tag. Null for `C` and `POSIX`, and for names of languages. */
function readTag(text: string): Tag | null {
  const bare = text
    .trim()
    .replace(/^LANG=/, '')
    .replaceAll('"', '')
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(bare)) return null;
  try {
    const { language, script, region, baseName } = new Intl.Locale(bare);
    return { language, script, region, whole: baseName.toLowerCase() };
  } catch {
    return null;
  }
}
