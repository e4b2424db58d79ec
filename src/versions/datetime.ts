/** datetime: RFC 3339 instants with any offset and any number of decimals, ordered as instants. */
import { type Fault, fault, type Reading } from './version.ts';

const FORM = 'Write an instant such as 2024-07-19T04:09:00Z or 2024-07-19T06:09:00.5+02:00.';

/** Reads a text that must be an RFC 3339 §5.6 date-time with `T` and `Z` in upper case, as canonical VERS asks. */
export function readDatetime(text: string): Reading {
  const wrong = findMisfit(text) ?? findOverflow(text);
  if (wrong !== null) return wrong;

  const minute = utcMinute(text);
  if (minute === null) {
    return fault(0, 'Choose an instant that lies in the years 0000 to 9999 in UTC.');
  }
  const second = text.slice(17, 19);
  if (second === '60' && !endsMonth(minute)) {
    return fault(
      17,
      'Write a second from 00 to 59: only the last minute of a month (UTC) has a 60.',
    );
  }
  const decimals = (/\.(\d+)/.exec(text)?.[1] ?? '').replace(/0+$/, '');
  // Without the Z, a second sorts before its own decimals.
  const sortKey = `${minute}:${second}${decimals === '' ? '' : `.${decimals}`}`;
  return { ok: true, version: { text, canonical: `${sortKey}Z`, sortKey, build: null } };
}

/** The first character that does not fit the form, whatever the digits say. */
function findMisfit(text: string): Fault | null {
  const decimals = /^\.\d+/.exec(text.slice(19))?.[0] ?? '';
  const zone = /^[+-]/.test(text.slice(19 + decimals.length)) ? '±00:00' : 'Z';
  const form = `0000-00-00T00:00:00${decimals.replace(/\d/g, '0')}${zone}`;
  for (const [position, expected] of Array.from(form).entries()) {
    const found = text.charAt(position);
    if (expected === '±' || (expected === '0' ? /\d/.test(found) : found === expected)) continue;
    const wrongCase = found !== '' && found.toUpperCase() === expected;
    return fault(position, wrongCase ? `Write ${expected} in upper case.` : FORM);
  }
  return text.length > form.length
    ? fault(form.length, 'Take out what follows the instant.')
    : null;
}

/** The first figure that no clock and no calendar shows. Leap seconds are judged later, in UTC. */
function findOverflow(text: string): Fault | null {
  const figure = (start: number) => Number(text.slice(start, start + 2));
  if (figure(5) < 1 || figure(5) > 12) return fault(5, 'Write a month from 01 to 12.');
  if (figure(8) < 1 || figure(8) > daysIn(text.slice(0, 7))) {
    return fault(8, 'Write a day that this month has.');
  }
  if (figure(11) > 23) return fault(11, 'Write an hour from 00 to 23.');
  if (figure(14) > 59) return fault(14, 'Write a minute from 00 to 59.');
  if (figure(17) > 60) return fault(17, 'Write a second from 00 to 59.');
  if (!text.endsWith('Z')) {
    const zone = text.length - '+00:00'.length;
    if (figure(zone + 1) > 23) return fault(zone + 1, 'Write an offset of 23:59 at most.');
    if (figure(zone + 4) > 59) return fault(zone + 4, 'Write a minute from 00 to 59.');
  }
  return null;
}

/** `YYYY-MM-DDTHH:MM` in UTC; null outside the four-digit years. Offsets are whole minutes, so seconds stay. */
function utcMinute(text: string): string | null {
  const local = Date.parse(`${text.slice(0, 16)}:00Z`);
  const iso = new Date(local - offsetMinutes(text) * 60_000).toISOString();
  return /^\d/.test(iso) ? iso.slice(0, 16) : null;
}

function offsetMinutes(text: string): number {
  if (text.endsWith('Z')) return 0;
  const minutes = Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2));
  return text.at(-6) === '-' ? -minutes : minutes;
}

/** Leap seconds are inserted at the end of a month (ITU-R TF.460). */
function endsMonth(minute: string): boolean {
  return minute.endsWith('T23:59') && Number(minute.slice(8, 10)) === daysIn(minute.slice(0, 7));
}

function daysIn(yearMonth: string): number {
  const end = new Date(`${yearMonth}-01T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() + 1, 0);
  return end.getUTCDate();
}
