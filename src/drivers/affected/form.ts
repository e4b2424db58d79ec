/** What a customer filled in, as a question to the catalogue. What was left open stays unknown. Pure. */
import type { AffectedInput } from './ask.ts';
import type { Questions } from './questions.ts';

/** The names of the form's fields. */
export const fieldNames = {
  companion: (product: string) => `companion ${product}`,
  patch: (patch: string) => `patch ${patch}`,
  setting: (name: string) => `setting ${name}`,
  window: (index: number) => `window ${index}`,
};

/** What is written where something is not there at all. */
export const none = 'none';

/** By the field's name, as it was filled in; what is blank is absent. */
export type FilledIn = ReadonlyMap<string, string>;

export const longestAnswer = 200;

export function readFilledIn(form: FormData): FilledIn {
  const filledIn = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue;
    const text = name === 'inventory' ? value : value.trim().slice(0, longestAnswer);
    if (text.trim() !== '') filledIn.set(name, text);
  }
  return filledIn;
}

/** Where the list of drivers came from. A file that was chosen is the one that is read, unless it is empty. */
export type HandedIn =
  | { kind: 'file'; name: string; pastedToo: boolean }
  | { kind: 'empty_file'; name: string }
  | { kind: 'pasted' }
  | null;

export function handedInBy(form: FormData | null): HandedIn {
  const file = form?.get('file') ?? null;
  const pasted = form?.get('inventory') ?? '';
  const isPasted = typeof pasted === 'string' && pasted.trim() !== '';
  // Where none is chosen a browser sends one without a name.
  if (file !== null && typeof file !== 'string' && file.name !== '') {
    const name = file.name.slice(0, longestAnswer);
    if (file.size > 0) return { kind: 'file', name, pastedToo: isPasted };
    if (!isPasted) return { kind: 'empty_file', name };
  }
  return isPasted ? { kind: 'pasted' } : null;
}

/** The inventory's bytes: of the file, or else what was pasted; null where there is neither. */
export async function readPrinted(form: FormData, filledIn: FilledIn): Promise<Uint8Array | null> {
  const file = form.get('file');
  if (file !== null && typeof file !== 'string' && file.size > 0) {
    return new Uint8Array(await file.arrayBuffer());
  }
  const pasted = filledIn.get('inventory');
  return pasted === undefined ? null : new TextEncoder().encode(pasted);
}

export function askedBy(
  { product, version }: { product: string; version: string },
  filledIn: FilledIn,
  questions: Questions,
): AffectedInput {
  const { companions, patches, settings, windows } = questions;
  const beside = companions.flatMap((companion) => {
    const said = filledIn.get(fieldNames.companion(companion));
    return said === undefined ? [] : [{ product: companion, version: orNull(said) }];
  });
  const set = settings.flatMap((name) => {
    const value = filledIn.get(fieldNames.setting(name));
    return value === undefined ? [] : [{ name, value: orNull(value) }];
  });
  const installed = everyAnswer(patches, (patch) => filledIn.get(fieldNames.patch(patch)));
  const online = everyAnswer(windows, (_, index) => filledIn.get(fieldNames.window(index)));
  const hypervisor = filledIn.get('hypervisor');
  return {
    product,
    version,
    ...(beside.length > 0 && { companions: beside }),
    ...(set.length > 0 && { settings: set }),
    ...(installed && { patches: installed }),
    ...(online && { onlineBetween: online }),
    ...(hypervisor !== undefined && { hypervisor: orNull(hypervisor) }),
    ...Object.fromEntries(
      (['platform', 'osBuild', 'architecture', 'locale', 'cpu'] as const).flatMap((name) => {
        const said = filledIn.get(name);
        return said === undefined ? [] : [[name, said]];
      }),
    ),
  };
}

function orNull(said: string): string | null {
  return said.toLowerCase() === none ? null : said;
}

/** Those that were answered with yes; null unless every one was answered, since a list says that it is whole. */
function everyAnswer<T>(
  asked: readonly T[],
  answerTo: (one: T, index: number) => string | undefined,
): T[] | null {
  const answers = asked.map(answerTo);
  if (asked.length === 0 || answers.some((said) => said !== 'yes' && said !== 'no')) return null;
  return asked.filter((_, index) => answers[index] === 'yes');
}
