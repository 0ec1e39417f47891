import { secondsOf } from "./duration";

/** Values as a person reads them, in their language and time zone. */
export interface Format {
  language: string;
  zone: string;
  number: (value: unknown, digits?: number) => string;
  percent: (value: unknown) => string;
  money: (value: unknown, fallbackCurrency: string, compact?: boolean) => string;
  date: (value: unknown) => string;
  dateTime: (value: unknown) => string;
  time: (value: unknown) => string;
  duration: (value: unknown) => string;
  ago: (value: unknown, now?: Date) => string;
}

type NumberText = `${number}`;

export function makeFormat(language: string, zone: string): Format {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 10 });
  const percents = new Intl.NumberFormat(language, { style: "unit", unit: "percent", maximumFractionDigits: 2 });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const dateTimes = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
  const times = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: zone });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const currencies = new Map<string, Intl.NumberFormat>();

  const currencyFormat = (currency: string, compact: boolean) => {
    const key = currency + (compact ? "~" : "");
    let found = currencies.get(key);
    if (!found) {
      found = compact
        ? new Intl.NumberFormat(language, { style: "currency", currency, notation: "compact", maximumFractionDigits: 1 })
        : new Intl.NumberFormat(language, { style: "currency", currency });
      currencies.set(key, found);
    }
    return found;
  };
  const isNumber = (value: unknown): value is number | NumberText =>
    (typeof value === "number" && Number.isFinite(value)) || (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)));
  const instant = (value: unknown) => {
    const date = value instanceof Date ? value : typeof value === "string" || typeof value === "number" ? new Date(value) : null;
    return date && !Number.isNaN(date.getTime()) ? date : null;
  };
  const asText = (value: unknown) => (typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value));

  const format: Format = {
    language,
    zone,
    number: (value, digits) => (isNumber(value) ? (digits === undefined ? numbers : new Intl.NumberFormat(language, { maximumFractionDigits: digits })).format(value) : asText(value)),
    percent: (value) => (isNumber(value) ? percents.format(value) : asText(value)),
    money: (value, fallback, compact = false) => {
      const parts = isMoney(value) ? value : { amount: value, currency: fallback };
      if (!isNumber(parts.amount)) return asText(value);
      try {
        return currencyFormat(parts.currency || fallback, compact).format(parts.amount);
      } catch {
        return `${numbers.format(parts.amount)} ${parts.currency}`;
      }
    },
    date: (value) => {
      if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(value)) return asText(value);
      const date = instant(`${value.slice(0, 10)}T00:00:00Z`);
      return date ? dates.format(date) : asText(value);
    },
    dateTime: (value) => { const date = instant(value); return date ? dateTimes.format(date) : asText(value); },
    time: (value) => { const date = instant(value); return date ? times.format(date) : asText(value); },
    duration: (value) => {
      const total = secondsOf(value);
      if (total === null) return asText(value);
      const units: [number, string][] = [[Math.floor(total / 3600), "hour"], [Math.floor((total % 3600) / 60), "minute"], [Math.round(total % 60), "second"]];
      const shown = units.filter(([amount]) => amount > 0);
      return (shown.length > 0 ? shown : [[0, "minute"] as const])
        .map(([amount, unit]) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(amount)).join(" ");
    },
    ago: (value, now = new Date()) => {
      const date = instant(value);
      if (!date) return asText(value);
      const seconds = (date.getTime() - now.getTime()) / 1000;
      const steps: [number, Intl.RelativeTimeFormatUnit][] = [[60, "second"], [3600, "minute"], [86_400, "hour"], [7 * 86_400, "day"]];
      for (const [index, [limit, unit]] of steps.entries()) {
        if (Math.abs(seconds) < limit) return unit === "second" ? relative.format(0, "second") : relative.format(Math.round(seconds / (steps[index - 1]?.[0] ?? 1)), unit);
      }
      return dateTimes.format(date);
    },
  };
  return format;
}

export const isMoney = (value: unknown): value is { amount: string | number; currency: string } =>
  typeof value === "object" && value !== null && "amount" in value && "currency" in value;

/** What a language's code stands for, in another language. */
export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
