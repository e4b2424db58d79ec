/** Lists: how a page is asked for and printed. */
import type { Command } from 'commander';
import type { Answer } from '../answer.ts';
import { wholeNumber } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Cell } from '../output/table.ts';
import type { Session } from '../session.ts';

export interface ListOptions {
  limit?: number;
  cursor?: string;
}

interface Page<Item> {
  items: Item[];
  next?: string;
}

/** A column: its name, and what it says of an item. */
export type Columns<Item> = Readonly<Record<string, (item: Item) => Cell>>;

export function withListOptions(command: Command): Command {
  return command
    .option('--limit <number>', 'how many at the most (else 50)', wholeNumber)
    .option('--cursor <cursor>', 'go on where the page before ended');
}

export function showPage<Item>(
  session: Session,
  answer: Answer<Page<Item>>,
  columns: Columns<Item>,
): ExitCode {
  return session.show(answer, ({ items, next }) => {
    if (items.length === 0) session.note('There are none.');
    else printItems(session, items, columns);
    if (next !== undefined) session.note(`There are more: repeat it with --cursor ${next}`);
  });
}

export function printItems<Item>(
  session: Session,
  items: readonly Item[],
  columns: Columns<Item>,
): void {
  const cells = Object.values(columns);
  session.printTable({
    head: Object.keys(columns),
    rows: items.map((item) => cells.map((cell) => cell(item))),
  });
}
