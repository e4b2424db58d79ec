/** The five answers to "does this concern me?", and which of them speaks for several. */

/** Gravest first. `not_listed` is graver than `not_affected`: nobody recorded it, which is no promise. */
export const affectedVerdicts = [
  'affected',
  'probably_affected',
  'cannot_tell',
  'not_listed',
  'not_affected',
] as const;

export type AffectedVerdict = (typeof affectedVerdicts)[number];

/** Negative where `a` is the graver one. */
export function byVerdict(a: AffectedVerdict, b: AffectedVerdict): number {
  return affectedVerdicts.indexOf(a) - affectedVerdicts.indexOf(b);
}

/** All that say the gravest thing that any of them says, in their order. */
export function gravestOf<T extends { readonly verdict: AffectedVerdict }>(
  answers: readonly T[],
): readonly T[] {
  if (answers.length < 2) return answers;
  for (const gravest of affectedVerdicts) {
    const alike = answers.filter(({ verdict }) => verdict === gravest);
    if (alike.length > 0) return alike;
  }
  return [];
}
