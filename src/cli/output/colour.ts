/** Colours, where the terminal shows them. They repeat what the words say. */

export type Tone = 'good' | 'bad' | 'open' | 'quiet';

export type Colours = (tone: Tone, text: string) => string;

const codes: Readonly<Record<Tone, number>> = { good: 32, bad: 31, open: 33, quiet: 2 };

export function colours(shown: boolean): Colours {
  return (tone, text) => (shown && text !== '' ? `\x1b[${codes[tone]}m${text}\x1b[0m` : text);
}
