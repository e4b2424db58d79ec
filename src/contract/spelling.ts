/** Finds the right spelling of a text that its pattern refuses. */

/** A range of the versions that most products have, written without its scheme. */
const bareRange = /^(?:[<>]=?|!=)?\d+(?:\.\d+)*(?:\|(?:[<>]=?|!=)?\d+(?:\.\d+)*)*$/;

/** The same in other letters, or as a range, where that is what the pattern asks for; null where nothing of it is. */
export function respelled(text: string, pattern: string): string | null {
  if (text.length > 200) return null;
  const fits = new RegExp(pattern, 'u');
  const trimmed = text.trim();
  const spellings = [
    trimmed,
    trimmed.toUpperCase(),
    trimmed.toLowerCase(),
    trimmed.toLowerCase().replace(/\s+/g, '-'),
    ...(bareRange.test(trimmed) ? [`vers:intdot/${trimmed}`] : []),
  ];
  return spellings.find((spelling) => fits.test(spelling)) ?? null;
}
