/** Wall-clock time in a named zone, to and from UTC instants. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** "2017-03-01T15:00" as clocks in `zone` show the instant. */
export function wallClock(instant: Date, zone: string): string {
  const parts = Object.fromEntries(formatterOf(zone).formatToParts(instant).map((part) => [part.type, part.value]));
  return `${parts.year ?? ""}-${parts.month ?? ""}-${parts.day ?? ""}T${parts.hour ?? ""}:${parts.minute ?? ""}`;
}

const asUtc = (wall: string) => (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall) ? Date.parse(`${wall.slice(0, 16)}:00Z`) : Number.NaN);

/**
 * The instant at which clocks in `zone` show `wall` ("2017-03-01T15:00").
 * A time that a spring change skips moves forward by the gap; one that an autumn change repeats is its first.
 */
export function instantOf(wall: string, zone: string): Date | null {
  const target = asUtc(wall);
  if (Number.isNaN(target)) return null;
  const offsetAt = (time: number) => asUtc(wallClock(new Date(time), zone)) - Math.floor(time / 60_000) * 60_000;
  const day = 86_400_000;
  const candidates = [offsetAt(target - day), offsetAt(target + day)].map((offset) => target - offset);
  const exact = candidates.filter((time) => asUtc(wallClock(new Date(time), zone)) === target);
  return new Date(exact.length > 0 ? Math.min(...exact) : (candidates[0] ?? target));
}

/** Today's date in a zone: "2017-03-01". */
export const today = (zone: string, now = new Date()) => wallClock(now, zone).slice(0, 10);
