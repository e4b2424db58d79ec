/** Days and instants as people read them, in UTC, and never more exact than they are known. */

/** How exactly something is known; `at` is an instant for the first three, else a date or a year and month. */
export type Precision = 'second' | 'minute' | 'hour' | 'day' | 'month';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `19 July 2024, 04:09 UTC`; `about 29 July 2024` where it is known only roughly. */
export function momentInWords(at: string, precision: Precision, approximate = false): string {
  const { date, hour, minute, second } = partsOf(at);
  const words = {
    month: () => date.slice(date.indexOf(' ') + 1),
    day: () => date,
    hour: () => `${date}, ${hour}:00 UTC, to the hour`,
    minute: () => `${date}, ${hour}:${minute} UTC`,
    second: () => `${date}, ${hour}:${minute}:${second} UTC`,
  }[precision]();
  return approximate ? `about ${words}` : words;
}

/** `2 August 2024` of an instant. */
export function dayInWords(at: string): string {
  return partsOf(at).date;
}

/** A `<time>` whose machine form is no more exact than its words. */
export function Moment(props: { at: string; precision: Precision; approximate?: boolean }) {
  const { at, precision, approximate = false } = props;
  return (
    <time datetime={machineForm(at, precision)}>{momentInWords(at, precision, approximate)}</time>
  );
}

/** The day of an instant. */
export function Day({ at }: { at: string }) {
  return <time datetime={at}>{dayInWords(at)}</time>;
}

function machineForm(at: string, precision: Precision): string {
  const { iso } = partsOf(at);
  switch (precision) {
    case 'month':
      return iso.slice(0, 7);
    case 'day':
      return iso.slice(0, 10);
    // HTML has no form for an hour alone.
    case 'hour':
      return `${iso.slice(0, 13)}:00Z`;
    case 'minute':
      return `${iso.slice(0, 16)}Z`;
    case 'second':
      return `${iso.slice(0, 19)}Z`;
  }
}

/** `at` is valid: the contract has checked it. Another offset than UTC is turned into UTC. */
function partsOf(at: string) {
  const iso = new Date(at).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1];
  return {
    iso,
    date: `${Number(iso.slice(8, 10))} ${month} ${iso.slice(0, 4)}`,
    hour: iso.slice(11, 13),
    minute: iso.slice(14, 16),
    second: iso.slice(17, 19),
  };
}
