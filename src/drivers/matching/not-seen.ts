/**
 * What it means that nothing in a list was found to be a driver that takes part. It clears the machine only where the list
 * would have shown the driver. The rules and their reasons: docs/decisions/0018-what-clears-a-driver.md.
 */
import { listCommands, type System } from './commands.ts';
import { type Conclusion, cannotTell } from './conclusion.ts';
import type { HandedIn, MayBe } from './handed-in.ts';
import { itemLabel } from './item-label.ts';
import { listCommandWith } from './list-command.ts';
import { type Mark, type Marks, marksIn, type ToldBy } from './marks.ts';
import { addTo } from './name-index.ts';
import type { Involvement, RecordedDriver } from './recorded.ts';
import { counted, inSeries } from './sentence.ts';

/** A conclusion for each sort of driver that the list may not have shown; empty where it would have shown all. */
export function notShown(unseen: readonly Involvement[], handedIn: HandedIn): Conclusion[] {
  const open = new Map<ToldBy, { driver: RecordedDriver; mayBe: MayBe }[]>();
  for (const { driver } of unseen) {
    const mayBe = handedIn.mayBe(driver);
    if (mayBe !== null) addTo(open, driver.toldBy, { driver, mayBe });
  }
  return [...open].flatMap(([toldBy, [first, ...others]]) => {
    if (first === undefined) return [];
    const known = others.length === 0 ? first.driver.name : `${others.length + 1} drivers`;
    return [whyNotShown(toldBy, known, first.mayBe, handedIn.drivers)];
  });
}

/** `known` is what the recorded driver is called, or how many there are of its sort. */
function whyNotShown(toldBy: ToldBy, known: string, mayBe: MayBe, handedIn: number): Conclusion {
  const { platform } = toldBy;
  const { why } = mayBe;
  switch (why.kind) {
    case 'other_system': {
      const clause = `the list is of ${systems[why.system]}, and ${known} of ${systems[platform]}`;
      const detail = 'Say which platform the machine has, and hand in the list of its own drivers.';
      return cannotTell(clause, { field: 'platform', detail, command: listCommands[platform] });
    }
    case 'other_files': {
      const files = `files that end in ${inSeries(toldBy.endings ?? [], 'or')}`;
      const clause = `the list has no ${files}, as those of ${known} do`;
      const detail = `Hand in a list that has ${files} as well.`;
      return cannotTell(clause, { field: 'items', detail, command: null });
    }
    case 'unsaid':
      return unsaid(why.lacks, platform, known, mayBe, handedIn);
  }
}

function unsaid(
  lacks: Marks,
  platform: System,
  known: string,
  { drivers, items }: MayBe,
  handedIn: number,
): Conclusion {
  const marks = marksIn(lacks);
  if (marks.length === 0) {
    const clause = `nothing that a list says is recorded of ${known}`;
    const detail = 'Ask whoever answers for the product: nothing is recorded that would tell.';
    return cannotTell(clause, { field: null, detail, command: null });
  }
  const one = inSeries(
    marks.map((mark) => words[mark].one),
    'or',
  );
  const by = `by which ${known} would be told`;
  const command = listCommandWith(marks, platform);
  if (drivers === handedIn) {
    const clause = `the list has no ${inSeries(
      marks.map((mark) => words[mark].many),
      'or',
    )}, ${by}`;
    const detail = `Hand in a list that has the ${one} of every driver.`;
    return cannotTell(clause, { field: 'items', detail, command });
  }
  const labels = [...new Set(items.map(itemLabel))];
  const more = drivers - items.length;
  const which = inSeries(more > 0 ? [...labels, `${more} more`] : labels, 'and');
  const have = drivers === 1 ? 'has' : 'have';
  const clause = `of the ${counted(handedIn, 'driver')} handed in, ${which} ${have} no ${one}, ${by}`;
  const detail = `Add the ${one} of ${which}, or hand in a list that has it of every driver.`;
  return cannotTell(clause, { field: 'items', detail, command });
}

const words: Readonly<Record<Mark, { one: string; many: string }>> = {
  file: { one: 'whole file name', many: 'file names' },
  path: { one: 'path', many: 'paths' },
  service: { one: 'service name', many: 'service names' },
  inf: { one: 'original INF', many: 'original INFs' },
  hardware: { one: 'hardware id', many: 'hardware ids' },
  compatible: { one: 'compatible id', many: 'compatible ids' },
  module: { one: 'module name', many: 'module names' },
  srcversion: { one: 'srcversion', many: 'srcversions' },
  bundle: { one: 'bundle id', many: 'bundle ids' },
  sha256: { one: 'SHA-256', many: 'SHA-256 of files' },
  authentihash: { one: 'Authentihash', many: 'Authentihashes' },
};

const systems: Readonly<Record<System, string>> = {
  windows: 'Windows',
  linux: 'Linux',
  macos: 'macOS',
};
