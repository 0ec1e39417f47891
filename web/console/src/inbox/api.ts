import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get, post, Problem, request } from "../api/client";
import { runAction } from "../api/records";
import type { Filter, Page, RecordData } from "../api/types";
import { contents, type Tab } from "./tabs";
import type { Conversation, Message, Turn } from "./types";

const pageSize = 30;
/** What the list shows; what was handed over stays with the conversation. */
const listed = ["name", "subject", "state", "reason", "owner_id", "team_id", "contact_id", "language", "sentiment", "last_sequence", "last_message_at", "queued_at", "resolved_at", "created_at"];

const query = (object: string, body: Record<string, unknown>, signal: AbortSignal) => request<Page>("POST", `/records/${object}/query`, { body, signal });
const of = (id: string): Filter => ({ field: "conversation_id", op: "eq", value: id });

/** The conversations of a tab; `teams` leaves out what is other teams', but never one's own. */
export const conversationsQuery = (tab: Tab, teams?: Filter) => infiniteQueryOptions({
  queryKey: ["inbox", "list", tab, teams],
  queryFn: async ({ pageParam, signal }) => {
    const { filter, sort } = contents[tab];
    const { records, next } = await query("conversation", { filter: teams && tab !== "mine" ? { and: [filter, teams] } : filter, sort, limit: pageSize, after: pageParam || undefined, fields: listed }, signal);
    return { records: records as Conversation[], next };
  },
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
});

/** Everything about one conversation begins with the key `inbox, of, id`. */
export const conversationQuery = (id: string) => queryOptions({
  queryKey: ["inbox", "of", id, "conversation"],
  queryFn: async ({ signal }) => await get<RecordData>(`/records/conversation/${id}`, undefined, signal) as Conversation,
});

/** The last message that the customer has read. It changes without a new version of the conversation, by which the
    conversation itself is kept in the browser's cache. */
export const readQuery = (id: string) => queryOptions({
  queryKey: ["inbox", "of", id, "read"],
  queryFn: async ({ signal }) => {
    const { records: [found] } = await query("conversation", { filter: { field: "id", op: "eq", value: id }, limit: 1, fields: ["visitor_read"] }, signal);
    return typeof found?.visitor_read === "number" ? found.visitor_read : 0;
  },
});

/** The messages, newest page first. */
export const messagesQuery = (id: string) => infiniteQueryOptions({
  queryKey: ["inbox", "of", id, "messages"],
  queryFn: async ({ pageParam, signal }) => {
    const { records, next } = await query("message", { filter: of(id), sort: [{ field: "sequence", descending: true }], limit: 50, after: pageParam || undefined }, signal);
    return { records: records as Message[], next };
  },
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
});

export const turnsQuery = (id: string) => queryOptions({
  queryKey: ["inbox", "of", id, "turns"],
  queryFn: async ({ signal }) => {
    const fields = ["sequence", "intent", "decided", "confidence", "article_id", "helpful"];
    return (await query("bot_turn", { filter: of(id), sort: [{ field: "sequence", descending: true }], limit: 100, fields }, signal)).records as Turn[];
  },
});

/** A few other records that fit, the newest first. */
export const othersQuery = (object: string, filter: Filter, part: readonly unknown[]) => queryOptions({
  queryKey: ["records", object, "inbox", ...part],
  queryFn: async ({ signal }) => (await query(object, { filter, sort: [{ field: "created_at", descending: true }], limit: 6 }, signal)).records,
  placeholderData: keepPreviousData,
});

export interface Words { text: string; attachment_ids: string[]; client_id: string }
export const act = (id: string, action: "take" | "give_back" | "solve") => runAction("conversation", id, action, {});
export const say = (id: string, mode: "reply" | "note", words: Words) => runAction("conversation", id, mode, { ...words });
export const transfer = (id: string, input: { user_id?: string; team_id?: string; text?: string }) => runAction("conversation", id, "transfer", input);

/** Tells the customer's window and colleagues what goes on here. Nothing depends on its arrival. */
export async function signal(id: string, what: { typing: boolean } | { read: number }): Promise<void> {
  try {
    await post<unknown>(`/conversations/${id}/signal`, what);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
