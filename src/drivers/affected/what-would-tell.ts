/** What a machine could not be answered for, each thing once, with the command that prints it. Pure. */
import type { Evaluation } from './ask.ts';

export type MissingFact = Evaluation['incidents'][number]['missing'][number];

/** One at least. What no command prints stands alone. */
export type ToldTogether = readonly [MissingFact, ...MissingFact[]];

/** Those that one command prints are together, in the order in which they first came. */
export function whatWouldTell({ incidents, drivers }: Evaluation): ToldTogether[] {
  const all = [...incidents, ...drivers].flatMap(({ missing }) => missing);
  const facts = [...new Map(all.map((fact) => [fact.detail, fact])).values()];
  const together = new Map<string, [MissingFact, ...MissingFact[]]>();
  for (const fact of facts) {
    const name = fact.command ?? fact.detail;
    const known = together.get(name);
    if (known) known.push(fact);
    else together.set(name, [fact]);
  }
  return [...together.values()];
}
