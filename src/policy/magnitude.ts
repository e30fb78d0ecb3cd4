/**
 * The order of two decimal numbers, exactly: negative, zero or positive, or `undefined` where one is
 * not an integer or decimal number.
 */
export function compareDecimals(a: string, b: string): number | undefined {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  if (left === undefined || right === undefined) return undefined;
  const places = Math.max(left.fraction.length, right.fraction.length);
  const difference = scaled(left, places) - scaled(right, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * The order of two dates, or `undefined` where one is none. A date is one of ISO 8601's W3C profile
 * (`2024`, `2024-06`, `2024-06-30`, `2024-06-30T12:00Z`, `2024-06-30T12:00:00.5+02:00`; UTC where no
 * zone is given) or a number of seconds since 1970. Four digits are a year.
 *
 * @see https://www.w3.org/TR/NOTE-datetime
 */
export function compareDates(a: string, b: string): number | undefined {
  const left = parseDate(a);
  const right = parseDate(b);
  return left === undefined || right === undefined ? undefined : left - right;
}

interface Decimal {
  readonly negative: boolean;
  readonly integer: string;
  readonly fraction: string;
}

// A number has no more digits than fit into a policy value that a person writes; the limit keeps the
// arithmetic short.
const DECIMAL = /^([+-]?)(\d{1,400})(?:\.(\d{1,400}))?$/;

function parseDecimal(text: string): Decimal | undefined {
  const [, sign, integer, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (integer === undefined) return undefined;
  return { negative: sign === '-', integer, fraction };
}

function scaled({ negative, integer, fraction }: Decimal, places: number): bigint {
  const magnitude = BigInt(integer + fraction.padEnd(places, '0'));
  return negative ? -magnitude : magnitude;
}

const ISO =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):?(\d\d))?)?)?)?$/i;

/** Milliseconds since 1970. */
function parseDate(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) {
    // SOURCE: facts evaluation 6.16: seconds, also fractional
    return DECIMAL.test(text) ? Number(text) * 1000 : undefined;
  }
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0'] = match;
  const [fraction = '0', sign, zoneHour = '0', zoneMinute = '0'] = match.slice(7);
  const days = daysInMonth(Number(year), Number(month));
  if (days === undefined || Number(day) < 1 || Number(day) > days) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  const offsetMinutes = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute) - offsetMinutes, Number(second));
  return date.getTime() + Number(fraction) * 1000;
}

function daysInMonth(year: number, month: number): number | undefined {
  if (month < 1 || month > 12) return undefined;
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
