import { queryOptions } from "@tanstack/react-query";
import { aggregateQuery, listQuery } from "../api/records";
import type { Filter, Groups } from "../api/types";
import { since, type Days } from "./period";

/** A group of questions with the same words. */
export interface Gap { key: string; count: number; last: string }

const equals = (field: string, value: unknown): Filter => ({ field, op: "eq", value });

/** What no article answered, or whose answers did not help. */
const open = (days: Days): Filter => ({
  and: [
    since(days),
    { field: "gap", op: "is_empty", value: false },
    { or: [equals("decided", "unanswered"), { and: [equals("decided", "handed_over"), { field: "reason", op: "in", value: ["no_answer", "unhelpful"] }] }] },
  ],
});

export const most = 25;

export const gapsQuery = (days: Days) => queryOptions({
  ...aggregateQuery("bot_turn", {
    filter: open(days), group: [{ field: "gap" }], measures: [{ measure: "count" }, { measure: "max", field: "created_at" }],
    sort: { measure: 0, descending: true }, top: most,
  }),
  select: gapsOf,
});

/** Groups that tie with the last of the first ones come too; of those only as many as asked for. */
export function gapsOf({ groups }: Groups): { gaps: Gap[]; more: boolean } {
  const gaps = groups.map(({ keys: [key], values: [count, last] }) => ({ key: String(key), count: Number(count), last: String(last) }));
  gaps.sort((a, b) => b.count - a.count || b.last.localeCompare(a.last));
  return { gaps: gaps.slice(0, most), more: gaps.length >= most };
}

/** A group's newest question, in the words in which it was asked. */
export const questionQuery = (days: Days, key: string) => listQuery("bot_turn", { filter: { and: [open(days), equals("gap", key)] }, sort: [{ field: "created_at", descending: true }], limit: 1 });
