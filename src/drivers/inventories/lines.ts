/** A text as lines, and what stands around an inventory that somebody copied from a console. */

/** No line of an inventory is longer, JSON apart. */
export const lineCharactersMax = 16_384;

/** So many lines that say something are enough to tell what an inventory is. */
const sampleLines = 500;

/** The first lines that say something. */
export function sampleOf(lines: readonly string[]): string[] {
  const sample: string[] = [];
  for (const line of lines) {
    if (!saysNothing(line)) sample.push(line);
    if (sample.length === sampleLines) break;
  }
  return sample;
}

/** One kind of line end everywhere; WMIC ends its lines with two carriage returns. */
export function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\r\n|\r\n|\r/g, '\n') : text;
}

/** Null where there are more than `linesMax`. The text must have plain line ends. */
export function linesOf(text: string, linesMax: number): string[] | null {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (++count > linesMax) return null;
  }
  return text.split('\n');
}

/**
 * Nothing is said here: a blank line, the mark of DOS for the end of a text, or the console's prompt
 * with the command that was typed.
 */
export function saysNothing(line: string): boolean {
  if (line.length > 500) return line.trim() === '';
  if (line === '\u001a') return true;
  return line.trim() === '' || windowsPrompt.test(line) || unixPrompt.test(line);
}

const windowsPrompt = /^(?:PS )?[A-Za-z]:\\[^<>|"?*]*>/;
const unixPrompt =
  /^[^:=,;{}]{0,60}(?::[^:=,;{}]{0,100})?[$#%] (?:sudo )?(?:\/\S{1,40}\/)?(?:lsmod|modinfo|systemextensionsctl|kmutil|kextstat|osqueryi|cat)\b/;
