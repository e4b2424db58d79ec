/** Cases that wait for what stands further down in the file, packed so that they take little memory. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { TestCase } from './test-case.ts';

/** A case as far as it is known, and the id of the test that it is a result of. */
export interface WaitingCase {
  test: string;
  testCase: TestCase;
}

/** As many characters of names, ids and messages are packed together. */
const packCharacters = 256 * 1024;

/** A queue. What runners write takes about 30 bytes a case, outside the heap. */
export class WaitingCases {
  readonly #packs: Uint8Array[] = [];
  #loose: WaitingCase[] = [];
  #looseCharacters = 0;

  get isEmpty(): boolean {
    return this.#packs.length === 0 && this.#loose.length === 0;
  }

  add(waiting: WaitingCase): void {
    const { test, testCase } = waiting;
    this.#loose.push(waiting);
    this.#looseCharacters += test.length + testCase.name.length + (testCase.message?.length ?? 0);
    if (this.#looseCharacters < packCharacters) return;
    this.#packs.push(deflateRawSync(JSON.stringify(this.#loose), { level: 1 }));
    this.#loose = [];
    this.#looseCharacters = 0;
  }

  /** In the order in which they came. */
  *[Symbol.iterator](): Generator<WaitingCase> {
    for (const pack of this.#packs) {
      yield* JSON.parse(inflateRawSync(pack).toString()) as WaitingCase[];
    }
    yield* this.#loose;
  }
}
