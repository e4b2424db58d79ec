/** Where a report says that it belongs in its run, and how that can contradict itself. */

export interface Numbering {
  run?: string | undefined;
  shards?: number | undefined;
  shard?: number | undefined;
}

export interface NumberingFault {
  field: 'shards' | 'shard';
  /** In full sentences. */
  detail: string;
}

/** Every contradiction that the report alone shows. */
export function faultsOfNumbering({ run, shards, shard }: Numbering): NumberingFault[] {
  const faults: NumberingFault[] = [];
  if (shards !== undefined && run === undefined) {
    const detail =
      'It counts the reports of one run. Name the run in all of them, or leave it out.';
    faults.push({ field: 'shards', detail });
  }
  if (shard !== undefined && run === undefined) {
    const detail =
      'It numbers the reports of one run. Name the run in all of them, or leave it out.';
    faults.push({ field: 'shard', detail });
  }
  if (shard !== undefined && shards !== undefined && shard > shards) {
    const detail = `There is no report ${shard} in a run of ${shards}. Number them from 1 to ${shards}.`;
    faults.push({ field: 'shard', detail });
  }
  return faults;
}

/** For a report that came already, and announces more reports now than its run did. */
export function announcesMore(run: string, announced: number | null): NumberingFault {
  const said = announced === null ? 'no number of them' : `${announced}`;
  const detail = `This report of run ${run} came already, and the run announced ${said} then. Announce more with a report that is still to come.`;
  return { field: 'shards', detail };
}
