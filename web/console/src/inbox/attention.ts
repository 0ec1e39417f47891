import { queryOptions } from "@tanstack/react-query";
import { request } from "../api/client";
import type { Page } from "../api/types";
import { isWaiting, waiting, type Conversation } from "./types";

/** What of a conversation decides whether it calls for somebody. */
export type Calling = Pick<Conversation, "id" | "state" | "owner_id" | "last_sequence">;
/** The last message that somebody has looked at, conversation by conversation. */
export type Seen = Readonly<Record<string, number>>;

export const mostCounted = 99;

/** Every conversation that waits, and one's own under way: few enough to be known on every page. */
export const attentionQuery = queryOptions({
  queryKey: ["inbox", "attention"],
  queryFn: async ({ signal }) => {
    const own = { and: [{ field: "owner_id", op: "eq", value: { me: true } }, { field: "state", op: "eq", value: "human" }] };
    const body = { filter: { or: [waiting, own] }, sort: [{ field: "queued_at", descending: true }], limit: mostCounted + 1, fields: ["state", "owner_id", "last_sequence"] };
    return (await request<Page>("POST", "/records/conversation/query", { body, signal })).records as unknown as Calling[];
  },
});

export const isUnread = ({ id, last_sequence }: Calling, seen: Seen) => (last_sequence ?? 0) > (seen[id] ?? 0);

export const waitingCount = (all: Calling[]) => all.filter(isWaiting).length;
export const countText = (count: number) => (count > mostCounted ? `${mostCounted}+` : String(count));

/** What this person should look at: what waits and was not looked at, what a colleague has passed to them, what customers wrote them. */
export function calling(all: Calling[], seen: Seen, me: string): Calling[] {
  return all.filter((each) => {
    if (isWaiting(each)) return each.owner_id === me || (each.owner_id === null && isUnread(each, seen));
    return each.owner_id === me && isUnread(each, seen);
  });
}

/** Whether something has come up that was not so before; what is being looked at needs no sound. */
export function rings(before: Calling[] | undefined, after: Calling[], seen: Seen, me: string, lookingAt?: string): boolean {
  if (!before) return false;
  const known = new Map(before.map((each) => [each.id, each]));
  return calling(after, seen, me).some((each) => {
    if (each.id === lookingAt) return false;
    const old = known.get(each.id);
    return !old || (each.last_sequence ?? 0) > (old.last_sequence ?? 0) || isWaiting(each) !== isWaiting(old);
  });
}
