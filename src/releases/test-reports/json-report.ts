/** Reads JSON reports, one test at a time, and refuses what is broken or hostile. */
import {
  Tokenizer,
  TokenizerError,
  TokenParser,
  TokenParserError,
  TokenType,
} from '@streamparser/json';
import { fault, type Place, type Reading, type Refusal, type ReportReader } from './reading.ts';
import { RecentText } from './recent-text.ts';
import { depthMax, Refused, stretchCharactersMax } from './refused.ts';

/** One way of writing test reports in JSON. Told of the tests, it hands on cases. */
export interface JsonDialect {
  /** The names under which the list of tests stands, from the root. */
  readonly list: readonly [string, string];
  /** Takes an item of that list, whatever it is; answers in a full sentence why it can't be a test. */
  test(item: unknown): string | undefined;
  end(): Reading;
}

type Token = Parameters<Tokenizer['onToken']>[0];

/**
 * Keeps nothing but the test that is being read, the names and brackets around it, and the text since the last token.
 * Memory is bounded by limits on depth and on one text, number or test, to within one piece pushed.
 */
export class JsonReport implements ReportReader {
  readonly #dialect: JsonDialect;
  readonly #unrecognised: (seen: string) => Refusal;
  readonly #tokenizer = new Tokenizer({ stringBufferSize: 4096 });
  readonly #parser: TokenParser;
  readonly #recent = new RecentText();
  /** Where the last token began, in bytes. */
  #token = 0;
  #depth = 0;
  /** The names that lead to where the reading is, under their depth; those in lists are left out. */
  readonly #names: (string | undefined)[] = [];
  #lastText = '';
  #list: 'not_come' | 'open' | 'closed' = 'not_come';
  /** Characters since the last token, or since the test that is being read began. */
  #held = 0;

  /** `unrecognised` is asked for the refusal of JSON that holds no list of tests. */
  constructor(dialect: JsonDialect, unrecognised: (seen: string) => Refusal) {
    this.#dialect = dialect;
    this.#unrecognised = unrecognised;
    this.#parser = new TokenParser({ paths: [`$.${dialect.list.join('.')}.*`], keepStack: false });
    this.#tokenizer.onToken = (token) => this.#read(token);
    this.#parser.onValue = ({ value }) => this.#test(value);
    this.#parser.onEnd = () => this.#tokenizer.end();
  }

  push(text: string): Refusal | undefined {
    this.#recent.forgetBefore(this.#token);
    this.#recent.add(text);
    this.#held += text.length;
    try {
      this.#tokenizer.write(text);
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      const at = this.#faultyByte(error);
      if (at === undefined) throw error;
      return fault(this.#recent.placeOf(at), this.#notJson(this.#recent.characterAt(at)));
    }
    return this.#held > stretchCharactersMax ? fault(this.place(), stretchTooLong) : undefined;
  }

  end(): Reading {
    if (!this.#tokenizer.isEnded) return fault(this.place(), cutOff);
    if (this.#list !== 'not_come') return this.#dialect.end();
    return this.#unrecognised(`JSON without ${this.#dialect.list.join('.')}`);
  }

  place(): Place {
    return this.#recent.end();
  }

  #read(token: Token): void {
    this.#token = token.offset;
    switch (token.token) {
      case TokenType.STRING:
        this.#lastText = String(token.value);
        break;
      case TokenType.COLON:
        this.#names[this.#depth] = this.#lastText;
        break;
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        this.#open(token.token === TokenType.LEFT_BRACKET);
        break;
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        this.#depth -= 1;
        if (this.#depth < 3 && this.#list === 'open') this.#list = 'closed';
        break;
    }
    const inTest = this.#list === 'open' && this.#depth > 3;
    if (!inTest) this.#held = 0;
    this.#parser.write(token);
  }

  #open(isList: boolean): void {
    const [first, second] = this.#dialect.list;
    if (isList && this.#depth === 0) throw new Refused(this.#unrecognised('a JSON list'));
    if (isList && this.#depth === 1 && this.#names[1] === first) {
      const seen = `JSON with a list of ${first}, which are single results and no test report`;
      throw new Refused(this.#unrecognised(seen));
    }
    if (isList && this.#depth === 2 && this.#names[1] === first && this.#names[2] === second) {
      this.#list = 'open';
    }
    this.#depth += 1;
    this.#names.length = this.#depth;
    if (this.#depth > depthMax) this.#refuse(tooDeep);
  }

  #test(item: unknown): void {
    // Members of an object that stands where the list should are no tests.
    if (this.#list !== 'open') return;
    const reason = this.#dialect.test(item);
    if (reason !== undefined) this.#refuse(reason);
  }

  #refuse(reason: string): never {
    throw new Refused(fault(this.#recent.placeOf(this.#token), reason));
  }

  /** Undefined for an exception that is not the parser's. */
  #faultyByte(error: unknown): number | undefined {
    if (error instanceof TokenParserError) return this.#token;
    if (!(error instanceof TokenizerError)) return undefined;
    // The tokenizer tells where it stands in its message only.
    const byte = /absolute position "(\d+)"/.exec(error.message)?.[1];
    return byte === undefined ? undefined : Number(byte);
  }

  #notJson(character: string): string {
    if (this.#tokenizer.isEnded) return afterTheEnd;
    if (character < ' ') return controlCharacter;
    return `The JSON is broken here: ${character} can't stand in this place. Have the tool that wrote the report write it again, whole.`;
  }
}

const cutOff = 'The file ends in the middle of the JSON: it is cut off. Hand in the whole file.';
const afterTheEnd =
  'Something stands here behind the end of the JSON. Hand in each report by itself, with nothing after it.';
const controlCharacter =
  'A control character stands here within a text, where JSON writes it as an escape. Have the tool that wrote the report do that.';
const tooDeep = `Lists and objects are nested more than ${depthMax} deep here. Write the report with less in it.`;
const stretchTooLong =
  'A single text or test is longer than 10,000,000 characters. Leave logs and screenshots out of the report.';
