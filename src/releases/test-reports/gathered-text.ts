/** The text of an element, which comes in pieces, as far as a message needs it. */
import { excerpt } from './excerpt.ts';
import { messageCharactersMax } from './test-case.ts';

/** Enough for a message, even where much of it is white space. */
const charactersKept = messageCharactersMax * 4;

export class GatheredText {
  #text = '';

  add(characters: string): void {
    if (this.#text.length > charactersKept) return;
    this.#text += characters.slice(0, charactersKept + 1);
  }

  /** One line of at most `messageCharactersMax`; null where there is nothing but white space. */
  message(): string | null {
    return excerpt(this.#text, messageCharactersMax) || null;
  }
}
