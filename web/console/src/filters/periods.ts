/** Named and rolling periods of the query language. */

export const namedPeriods = [
  "today", "yesterday", "tomorrow",
  "this_week", "last_week", "next_week", "this_month", "last_month", "next_month",
  "this_quarter", "last_quarter", "next_quarter", "this_year", "last_year", "next_year",
] as const;
export type NamedPeriod = (typeof namedPeriods)[number];
export const units = ["day", "week", "month", "quarter", "year"] as const;
export type Unit = (typeof units)[number];

export type Period = NamedPeriod | { last: number; unit: Unit } | { next: number; unit: Unit } | { unit: Unit; to_date: true };

/** The kind shown in the period menu; rolling kinds ask for a count and a unit. */
export type PeriodKind = NamedPeriod | "last_n" | "next_n" | "to_date";

export function kindOf(value: unknown): PeriodKind | null {
  if (typeof value === "string") return namedPeriods.find((name) => name === value) ?? null;
  if (typeof value !== "object" || value === null) return null;
  if ("last" in value) return "last_n";
  if ("next" in value) return "next_n";
  return "to_date" in value ? "to_date" : null;
}

export function periodOf(kind: PeriodKind, count: number, unit: Unit): Period {
  switch (kind) {
    case "last_n": return { last: count, unit };
    case "next_n": return { next: count, unit };
    case "to_date": return { unit, to_date: true };
    default: return kind;
  }
}

export function partsOf(value: unknown): { count: number; unit: Unit } {
  const parts = { count: 7, unit: "day" as Unit };
  if (typeof value !== "object" || value === null) return parts;
  if ("last" in value) parts.count = Number(value.last);
  if ("next" in value) parts.count = Number(value.next);
  if ("unit" in value) parts.unit = units.find((unit) => unit === value.unit) ?? "day";
  return parts;
}
