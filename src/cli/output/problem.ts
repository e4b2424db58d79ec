/** Says a problem on a terminal, in the words of whoever typed the command. */
import type { Refused } from '../answer.ts';

type Fault = NonNullable<Refused['problem']['errors']>[number];

/** What was typed. */
export interface Typed {
  /** The options that the command has, `--past-condition-reason` by `pastConditionReason`. */
  options: ReadonlyMap<string, string>;
  /** The file that was handed in, where it was one. */
  file: string | null;
  /** Whether a token was given. */
  token: boolean;
}

/** What is wrong and what to do, a line for each fault, and what to quote when the service is at fault. */
export function describeProblem({ status, problem }: Refused, typed: Typed): string {
  const { title, detail, errors = [], instance } = problem;
  if (status === 401) return tokenNeeded(detail, typed);
  if (status >= 429) {
    const known = status >= 500 && instance ? [`Its log knows this as ${instance}.`] : [];
    return [`${title} (${status}).`, inOptions(detail, typed), ...known].join('\n');
  }
  const faults = errors.map(
    (fault) => `${placeOf(fault, typed)}: ${inOptions(fault.detail, typed)}`,
  );
  const [only] = faults;
  if (only === undefined) return inOptions(detail, typed);
  const ofFile = typed.file !== null && errors.some((fault) => isInFile(fault, typed));
  const heading = [
    ...(ofFile ? [`${typed.file} can't be taken as it is${faults.length > 1 ? '.' : ':'}`] : []),
    ...(faults.length > 1 ? [howMany(detail)] : []),
  ];
  if (heading.length === 0) return only;
  return [heading.join(' '), ...faults.map((fault) => `  ${fault}`)].join('\n');
}

function tokenNeeded(detail: string, { token }: Typed): string {
  return token
    ? `${detail} Give another with --token or HOLDFAST_TOKEN, or none where everybody may ask.`
    : 'This needs a token. Give it with --token or HOLDFAST_TOKEN.';
}

/** The service's own count without the first of them, which is listed like the others. */
function howMany(detail: string): string {
  return detail.replace(/\. First, .*$/s, ':');
}

/** `--note`, `drivers[0].versionOf`, or a name that stands in the address. */
function placeOf(fault: Fault, { options }: Typed): string {
  const { parameter, pointer = '' } = fault;
  const name = parameter ?? pointer.slice(1);
  const option = options.get(name);
  if (option !== undefined) return option;
  if (parameter !== undefined) return parameter;
  return pointer === '' ? 'all of it' : pathOf(pointer);
}

function isInFile({ parameter, pointer = '' }: Fault, { options }: Typed): boolean {
  return parameter === undefined && !options.has(pointer.slice(1));
}

/** A JSON pointer as people write a field: `drivers[0].versionOf`. */
export function pathOf(pointer: string): string {
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => {
      if (/^\d+$/.test(part)) return `${path}[${part}]`;
      return path === '' ? part : `${path}.${part}`;
    }, '');
}

/** A field that is an option, wherever a sentence names it. Words of the language have no capital inside. */
function inOptions(sentence: string, { options }: Typed): string {
  return sentence.replace(/\b[a-z]+[A-Z]\w*\b/g, (word) => options.get(word) ?? word);
}
