/** When a delivery that failed is tried again, and when no more. Pure: chance is an argument. */

/** How patient we are with receivers. */
export interface Patience {
  /** What is waited after the first failure of a delivery, the second, …; the last one goes for all that follow. */
  pausesMs: readonly number[];
  /** No delivery is tried for longer than this, from its first attempt on. */
  triedForMs: number;
  /** A receiver that failed is left alone for at most this long, so that its return is soon noticed. */
  restMsMax: number;
  /** From 0 to 1: chance, so that receivers of one outage are not all asked at one moment. */
  random(): number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The schedule of Standard Webhooks 1.0.0, "Deliverability and reliability": over three days. */
export const usualPatience: Patience = {
  pausesMs: [
    5 * second,
    5 * minute,
    30 * minute,
    2 * hour,
    5 * hour,
    10 * hour,
    14 * hour,
    20 * hour,
    24 * hour,
  ],
  triedForMs: 72 * hour,
  restMsMax: hour,
  random: Math.random,
};

/** How long an answer can make us wait by `Retry-After`. */
export const retryAfterMsMax = 24 * hour;

/**
 * The pause behind the failure with this number, counted from 1: up to a fifth longer or shorter than the schedule has
 * it, and no shorter than the receiver asked for.
 */
export function pauseMs(failures: number, retryAfterMs: number | null, patience: Patience): number {
  const { pausesMs, random } = patience;
  const scheduled = pausesMs[Math.min(failures, pausesMs.length) - 1] ?? 0;
  const scattered = scheduled * (0.8 + 0.4 * random());
  return Math.round(Math.max(scattered, Math.min(retryAfterMs ?? 0, retryAfterMsMax)));
}

/** How long a receiver is left alone after so many failures one behind the other, whichever deliveries those were. */
export function restMs(failures: number, retryAfterMs: number | null, patience: Patience): number {
  return Math.min(pauseMs(failures, retryAfterMs, patience), patience.restMsMax);
}
