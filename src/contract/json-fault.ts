/** Says what is wrong with a JSON text, and where. Slow and exact; only asked when something is wrong. */
import { isUnstorable } from './unstorable.ts';

export interface JsonFault {
  /** JSON pointer to the value being read when the fault was found. */
  pointer: string;
  /** `line 3, column 7: a field is named twice: 'ring'` */
  detail: string;
}

class Fault extends Error {}

/** The first fault of a text that has one. */
export function jsonFault(
  text: string,
  depthMax: number,
  namesRefused: ReadonlySet<string>,
): JsonFault {
  const path: (string | number)[] = [];
  let at = 0;

  const fail = (detail: string, where = at): never => {
    const lines = text.slice(0, where).split('\n');
    throw new Fault(`line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}: ${detail}`);
  };
  const skipSpace = () => {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++;
  };
  const found = () => (at < text.length ? `not '${text.charAt(at)}'` : 'but the text ends');

  const readString = (): string => {
    const begin = at;
    for (at++; text.charAt(at) !== '"'; at++) {
      if (at >= text.length) fail('this text has no end', begin);
      if (text.charAt(at) < ' ') fail('a control character; write it as an escape');
      if (text.charAt(at) === '\\') {
        if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6))) {
          fail('an unknown escape');
        }
        at++;
      }
    }
    const value: string = JSON.parse(text.slice(begin, ++at));
    if (isUnstorable(value)) fail('U+0000 or half a surrogate pair, which cannot be stored', begin);
    return value;
  };

  const readObject = () => {
    const names = new Set<string>();
    at++;
    skipSpace();
    if (text.charAt(at) === '}') return void at++;
    for (;;) {
      skipSpace();
      if (text.charAt(at) !== '"') fail(`expected a field's name in double quotes, ${found()}`);
      const nameAt = at;
      const name = readString();
      if (names.has(name)) fail(`the field '${name}' is given twice`, nameAt);
      if (namesRefused.has(name)) fail(`no field may be called '${name}'`, nameAt);
      names.add(name);
      skipSpace();
      if (text.charAt(at) !== ':') fail(`expected ':' after the name, ${found()}`);
      at++;
      path.push(name);
      readValue();
      path.pop();
      skipSpace();
      const next = text.charAt(at);
      if (next !== ',' && next !== '}') fail(`expected ',' or '}', ${found()}`);
      at++;
      if (next === '}') return;
    }
  };

  const readArray = () => {
    at++;
    skipSpace();
    if (text.charAt(at) === ']') return void at++;
    for (let index = 0; ; index++) {
      path.push(index);
      readValue();
      path.pop();
      skipSpace();
      const next = text.charAt(at);
      if (next !== ',' && next !== ']') fail(`expected ',' or ']', ${found()}`);
      at++;
      if (next === ']') return;
    }
  };

  const readValue = () => {
    skipSpace();
    const first = text.charAt(at);
    if (first === '{' || first === '[') {
      if (path.length >= depthMax) fail(`nested more than ${depthMax} deep`);
      return first === '{' ? readObject() : readArray();
    }
    if (first === '"') return void readString();
    const plain = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
    plain.lastIndex = at;
    const literal = plain.exec(text)?.[0];
    if (literal === undefined) return fail(`expected a value, ${found()}`);
    at += literal.length;
  };

  try {
    readValue();
    skipSpace();
    return fail(`expected nothing more, ${found()}`);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { pointer: pointerOf(path), detail: error.message };
  }
}

function pointerOf(path: readonly (string | number)[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
