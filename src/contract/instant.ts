/** The `date-time` of the contract: RFC 3339 §5.6, as far as the databases can keep it. */

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/i;

/** In UTC within the years 1 to 9999, and without leap seconds, which PostgreSQL does not know. */
export function isInstant(text: string): boolean {
  const parts = rfc3339.exec(text);
  if (!parts) return false;
  const number = (index: number) => Number(parts[index] ?? 0);
  const [year, month, day] = [number(1), number(2), number(3)];
  const [hour, minute, second] = [number(4), number(5), number(6)];
  const [offsetHours, offsetMinutes] = [number(8), number(9)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59)
    return false;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;

  const ahead = (parts[7] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, day);
  utc.setUTCHours(hour, minute - ahead);
  return utc.getUTCFullYear() >= 1 && utc.getUTCFullYear() <= 9999;
}

function daysIn(year: number, month: number): number {
  // The calendar repeats every 400 years; Date takes a year below 100 for one of the last century.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
