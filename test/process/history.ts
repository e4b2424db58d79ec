/** Holds what readers saw against what writers had done, for every reading and not for a sample. Pure. */

/** By one clock: from when on it may have had its effect, and from when on it must have had it. */
interface Span {
  begun: number;
  ended: number;
}

/** Somebody who does one thing after another to a state that is nobody else's. */
export interface WriterHistory {
  name: string;
  /** The state before the first write, and after each. */
  states: readonly string[];
  writes: readonly Span[];
}

/** One answer, with the state of every writer as it showed it. */
export interface Reading extends Span {
  seen: ReadonlyMap<string, string>;
}

/**
 * What no order of events explains, a line each. Every write takes effect at one instant between its beginning and its
 * acknowledgement, and a reading shows the state of one instant of its own; so a reading shows no state older than what
 * was acknowledged, or read by anybody, before it began.
 */
export function unexplained(
  writers: readonly WriterHistory[],
  readings: readonly Reading[],
): string[] {
  const inOrder = readings.toSorted((left, right) => left.begun - right.begun);
  return writers.flatMap((writer) => unexplainedOf(writer, inOrder));
}

function unexplainedOf({ name, states, writes }: WriterHistory, readings: readonly Reading[]) {
  const faults: string[] = [];
  const known: { ended: number; place: number }[] = [];
  for (const { begun, ended, seen } of readings) {
    const acknowledged = writes.filter((write) => write.ended < begun).length;
    const readBefore = known.filter((reading) => reading.ended < begun);
    const oldest = Math.max(acknowledged, ...readBefore.map(({ place }) => place));
    const newest = writes.filter((write) => write.begun < ended).length;
    const shown = seen.get(name);
    const place = states.findIndex(
      (state, index) => index >= oldest && index <= newest && state === shown,
    );
    if (place >= 0) known.push({ ended, place });
    else
      faults.push(`${name}: ${shown} was read where writes ${oldest} to ${newest} were in force`);
  }
  return faults;
}
