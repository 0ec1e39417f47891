import type { Filter, Sort } from "../api/types";
import { waiting } from "./types";

export const tabs = ["waiting", "mine", "open", "bot", "solved"] as const;
export type Tab = (typeof tabs)[number];
export const isTab = (value: unknown): value is Tab => tabs.some((tab) => tab === value);

const mine: Filter = { field: "owner_id", op: "eq", value: { me: true } };
const notOver: Filter = { field: "state", op: "in", value: ["queued", "offline", "handoff_requested", "human"] };
const state = (value: string): Filter => ({ field: "state", op: "eq", value });
const latestFirst: Sort[] = [{ field: "last_message_at", descending: true }];

/** What each tab lists, and in which order: who has waited longest comes first. */
export const contents: Record<Tab, { filter: Filter; sort: Sort[] }> = {
  waiting: { filter: waiting, sort: [{ field: "queued_at" }] },
  mine: { filter: { and: [mine, notOver] }, sort: latestFirst },
  open: { filter: notOver, sort: latestFirst },
  bot: { filter: state("bot"), sort: latestFirst },
  solved: { filter: state("resolved"), sort: [{ field: "resolved_at", descending: true }] },
};

/** The id a number of steps further in the list; at its ends it stays, and from nowhere it begins at the end it comes from. */
export function stepFrom(ids: string[], from: string | undefined, by: 1 | -1): string | undefined {
  const at = from === undefined ? -1 : ids.indexOf(from);
  if (at < 0) return by > 0 ? ids[0] : ids.at(-1);
  return ids[Math.max(0, Math.min(ids.length - 1, at + by))];
}
