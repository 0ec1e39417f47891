import type { Filter } from "../api/types";

export const periods = [7, 30, 90] as const;
export type Days = (typeof periods)[number];
export const isDays = (value: unknown): value is Days => periods.includes(value as Days);

const dayAgo = (days: number) => ({ relative: -days, unit: "day" });

/** So many days, today included, in the person's time zone. */
export const since = (days: number): Filter => ({ field: "created_at", op: "ge", value: dayAgo(days - 1) });

/** From one day on until before another, both counted back from today. */
export const between = (from: number, until: number): Filter => ({ and: [{ field: "created_at", op: "ge", value: dayAgo(from) }, { field: "created_at", op: "lt", value: dayAgo(until) }] });
