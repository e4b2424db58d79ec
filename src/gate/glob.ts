/** Globs on changed paths. */

/** Whether any of the globs matches the whole path; `beyond_telling` where finding out would keep everybody waiting. */
export type GlobMatcher = (path: string) => boolean | 'beyond_telling';

/**
 * `*` is any text within a folder, `?` one character within a folder, `**` any text across folders; `**` followed by
 * `/` at the start of a folder also stands for no folder at all, so that `src/**\/a.ts` matches `src/a.ts`. Every other
 * character stands for itself, in its case.
 *
 * All globs are read at once, as one automaton whose states are made when a path first comes to them: a character of a
 * path costs one step, however many globs there are. `workMax` bounds what making states may cost, in steps of globs
 * looked at; globs as people write them stay far below it. The answer depends on nothing but the globs and the paths
 * asked about so far, never on time.
 */
export function globMatcher(globs: readonly string[], workMax = 5_000_000): GlobMatcher {
  const alphabet = new Alphabet();
  const steps = globs.flatMap((glob) => stepsOf([...glob], alphabet));
  const automaton = new Automaton(steps, alphabet.size, workMax);
  return (path) => {
    let state = automaton.start;
    for (let at = 0; at < path.length; at++) {
      const unit = path.charCodeAt(at);
      const letter = unit < asciiSize ? alphabet.ascii[unit] : alphabet.letterOf(path, at);
      // The second half of a character outside the basic plane follows.
      if (unit >= 0xd800 && unit < 0xdc00) at++;
      const next = state.next[letter as number] ?? automaton.follow(state, letter as number);
      if (next === null) return 'beyond_telling';
      if (next.isDead) return false;
      state = next;
    }
    return state.accepts;
  };
}

/** One step of a glob: a letter, or what stands for several. `end` is reached where the whole glob matches. */
type Step = number | 'one' | 'star' | 'deep' | 'folders' | 'end';

function stepsOf(glob: readonly string[], alphabet: Alphabet): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at] ?? '';
    if (character !== '*') {
      steps.push(character === '?' ? 'one' : alphabet.add(character));
      continue;
    }
    const atFolder = at === 0 || glob[at - 1] === '/';
    const first = at;
    while (glob[at + 1] === '*') at++;
    if (at === first) steps.push('star');
    else if (atFolder && glob[at + 1] === '/') {
      at++;
      steps.push('folders');
    } else steps.push('deep');
  }
  steps.push('end');
  return steps;
}

const asciiSize = 128;
const slash = 1;

/** The characters that the globs tell apart, numbered: 0 is every other one. */
class Alphabet {
  readonly ascii = new Int32Array(asciiSize);
  readonly #others = new Map<number, number>();
  size = 1;

  constructor() {
    this.add('/');
  }

  add(character: string): number {
    const known = this.letterOf(character, 0);
    if (known > 0) return known;
    const letter = this.size++;
    const code = character.codePointAt(0) ?? 0;
    if (code < asciiSize) this.ascii[code] = letter;
    else this.#others.set(code, letter);
    return letter;
  }

  letterOf(text: string, at: number): number {
    const code = text.codePointAt(at) ?? 0;
    return (code < asciiSize ? this.ascii[code] : this.#others.get(code)) ?? 0;
  }
}

/** Where a path has come to in every glob at once. */
interface State {
  /** Indices of the steps that may come next, each once. */
  places: Int32Array;
  accepts: boolean;
  /** No glob can match any more, whatever follows. */
  isDead: boolean;
  /** By letter, as far as some path has gone on from here. */
  next: (State | undefined)[];
}

class Automaton {
  readonly start: State;
  readonly #steps: readonly Step[];
  readonly #letters: number;
  /** By a number that is equal for equal places, in whatever order. */
  readonly #states = new Map<number, State[]>();
  #workLeft: number;

  /** The state being made: its places so far, how many, and which round each place was last taken in. */
  readonly #places: Int32Array;
  readonly #takenIn: Int32Array;
  #count = 0;
  #round = 0;

  constructor(steps: readonly Step[], letters: number, workMax: number) {
    this.#steps = steps;
    this.#letters = letters;
    this.#workLeft = workMax;
    this.#places = new Int32Array(steps.length);
    this.#takenIn = new Int32Array(steps.length);
    this.#begin();
    steps.forEach((_, place) => {
      if (place === 0 || steps[place - 1] === 'end') this.#enter(place);
    });
    this.start = this.#made();
  }

  /** Null once there is no work left. */
  follow(from: State, letter: number): State | null {
    if (this.#workLeft <= 0) return null;
    this.#begin();
    for (const place of from.places) {
      const step = this.#steps[place];
      if (step === letter) this.#enter(place + 1);
      else if (step === 'deep') this.#enter(place);
      else if (step === 'folders') {
        this.#take(place);
        if (letter === slash) this.#enter(place + 1);
      } else if (letter === slash) continue;
      else if (step === 'star') this.#enter(place);
      else if (step === 'one') this.#enter(place + 1);
    }
    const next = this.#made();
    from.next[letter] = next;
    this.#workLeft -= from.places.length + this.#count;
    return next;
  }

  #begin(): void {
    this.#round += 1;
    this.#count = 0;
  }

  /** Takes the place, and those behind it that need no character. */
  #enter(first: number): void {
    for (let place = first; ; place++) {
      this.#take(place);
      const step = this.#steps[place];
      if (step !== 'star' && step !== 'deep' && step !== 'folders') return;
    }
  }

  #take(place: number): void {
    if (this.#takenIn[place] === this.#round) return;
    this.#takenIn[place] = this.#round;
    this.#places[this.#count++] = place;
  }

  /** The state with the places taken in this round, made before or now. */
  #made(): State {
    const places = this.#places.subarray(0, this.#count);
    const mark = places.reduce((sum, place) => (sum + Math.imul(place + 1, 0x9e3779b1)) | 0, 0);
    const alike = this.#states.get(mark) ?? [];
    const known = alike.find(
      (state) =>
        state.places.length === this.#count &&
        state.places.every((place) => this.#takenIn[place] === this.#round),
    );
    if (known) return known;
    const state: State = {
      places: places.slice(),
      accepts: places.some((place) => this.#steps[place] === 'end'),
      isDead: this.#count === 0,
      next: new Array(this.#letters),
    };
    this.#workLeft -= this.#letters;
    this.#states.set(mark, [...alike, state]);
    return state;
  }
}
