import { queryOptions } from "@tanstack/react-query";
import { aggregateQuery, recordsKey } from "../api/records";
import { request } from "../api/client";
import type { Aggregate, Filter, Groups } from "../api/types";
import { between, since, type Days } from "./period";

const decided = (value: string): Filter => ({ field: "decided", op: "eq", value });
const countBy = (filter: Filter, field: string) => aggregateQuery("bot_turn", { filter, group: [{ field }], measures: [{ measure: "count" }] });

export const decisionsQuery = (days: Days) => countBy(since(days), "decided");
export const helpfulQuery = (days: Days) => countBy({ and: [since(days), decided("answered")] }, "helpful");
export const reasonsQuery = (days: Days) => countBy({ and: [since(days), decided("handed_over")] }, "reason");

export const countOf = (groups: Groups | undefined, key: unknown) => Number(groups?.groups.find(({ keys }) => keys[0] === key)?.values[0] ?? 0);
export const totalOf = (groups: Groups | undefined) => groups?.groups.reduce((sum, { values }) => sum + Number(values[0]), 0) ?? 0;

/** How many conversations that got an answer on a day went on within the week after it. */
export interface Returns { answered: number; back: number; complete: boolean }
/** A day on which a customer wrote to the bot in a conversation. */
export interface Day { conversation: string; day: string; answered: boolean }

export const returnsQuery = (days: Days) => queryOptions({
  queryKey: [...recordsKey("bot_turn"), "returns", days],
  queryFn: async ({ signal }): Promise<Returns> => {
    const found = await fetchDays(days - 1, -1, (aggregate) => request<Groups>("POST", "/records/bot_turn/aggregate", { body: aggregate, signal }));
    return { ...countReturns(found.days), complete: found.complete };
  },
});

type Ask = (aggregate: Aggregate) => Promise<Groups>;

/** An answer holds a thousand groups: where there are more, each half of the days is asked for by itself. */
export async function fetchDays(from: number, until: number, ask: Ask): Promise<{ days: Day[]; complete: boolean }> {
  const { groups, more } = await ask({
    filter: between(from, until),
    group: [{ field: "conversation_id" }, { field: "created_at", by: "day" }],
    measures: [{ measure: "ratio", of: decided("answered"), to: { field: "id", op: "is_empty", value: false } }],
  });
  if (!more || from - until <= 1) return { days: groups.flatMap(dayOf), complete: !more };
  const middle = Math.floor((from + until) / 2);
  const [earlier, later] = [await fetchDays(from, middle, ask), await fetchDays(middle, until, ask)];
  return { days: [...earlier.days, ...later.days], complete: earlier.complete && later.complete };
}

function dayOf({ keys: [conversation, day], values: [answered] }: Groups["groups"][number]): Day[] {
  return typeof conversation === "string" && typeof day === "string" ? [{ conversation, day, answered: Number(answered) > 0 }] : [];
}

const week = 7;

/** Counts the days of conversations with an answer, and those after which the customer wrote again within a week. */
export function countReturns(days: Day[]): { answered: number; back: number } {
  const written = new Map<string, number[]>();
  const number = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000;
  for (const { conversation, day } of days) written.set(conversation, [...(written.get(conversation) ?? []), number(day)]);
  const answered = days.filter((day) => day.answered);
  const back = answered.filter(({ conversation, day }) => written.get(conversation)?.some((other) => other > number(day) && other <= number(day) + week));
  return { answered: answered.length, back: back.length };
}
