/** ISO 8601 durations ("PT1H30M") to and from seconds and what people write ("1:30", "1h 30m", "45"). */

const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

export function secondsOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const match = iso.exec(value.trim());
  if (!match || value.length < 3) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part || 0));
  return (weeks ?? 0) * 604_800 + (days ?? 0) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

export function isoOf(total: number): string {
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = Math.round(total % 60);
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds ? `${seconds}S` : ""}`;
  return `PT${time || "0S"}`;
}

const units: [RegExp, number][] = [
  [/^(d|days?|t|tage?n?)$/, 86_400],
  [/^(h|hrs?|hours?|std|stunden?)$/, 3_600],
  [/^(m|mins?|minutes?|minuten?)$/, 60],
  [/^(s|secs?|seconds?|sek|sekunden?)$/, 1],
];

/** What a person typed, as seconds; a bare number means minutes. */
export function parseDuration(text: string): number | null {
  const input = text.trim().toLowerCase().replace(",", ".");
  if (!input) return null;
  const clock = /^(\d+):([0-5]?\d)(?::([0-5]?\d))?$/.exec(input);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  if (/^\d+(\.\d+)?$/.test(input)) return Math.round(Number(input) * 60);
  const written = secondsOf(text.trim().toUpperCase());
  if (written !== null) return written;
  let total = 0;
  const rest = input.replace(/(\d+(?:\.\d+)?)\s*([a-z]+)\.?/g, (_, amount: string, unit: string) => {
    const found = units.find(([words]) => words.test(unit));
    if (!found) return "?";
    total += Number(amount) * found[1];
    return "";
  });
  return rest.trim() === "" ? Math.round(total) : null;
}
