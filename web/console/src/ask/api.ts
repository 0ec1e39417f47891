import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get, post, put, remove } from "../api/client";
import { recordsKey } from "../api/records";
import type { Answer, Approval, Button, Chart, Conversation, Preview, Promised, Turn, Unread } from "./types";

/** The longest question that the server takes, in characters. */
export const longest = 2000;
export const turnsAtOnce = 20;
const conversationsAtOnce = 30;

export const say = (text: string, conversation?: string) => post<Answer>("/ask", { text, conversation });
export const press = (turn: number, button: Button, conversation: string) => post<Answer>("/ask", { press: { turn, button }, conversation });

/** The turns of a conversation before a place, the first said first. */
export async function readTurns(conversation: string, before?: number): Promise<Turn[]> {
  const { turns } = await get<{ turns: Turn[] }>(`/ask/conversations/${conversation}`, { before, limit: turnsAtOnce });
  return turns.reverse();
}

export const conversationsQuery = infiniteQueryOptions({
  queryKey: ["ask", "conversations"],
  queryFn: async ({ pageParam, signal }) => (await get<{ conversations: Conversation[] }>("/ask/conversations", { before: pageParam, limit: conversationsAtOnce }, signal)).conversations,
  initialPageParam: "",
  getNextPageParam: (page) => (page.length < conversationsAtOnce ? undefined : page.at(-1)?.begun_at),
});

export const suggestionsQuery = queryOptions({
  queryKey: ["ask", "suggestions"],
  queryFn: async ({ signal }) => (await get<{ suggestions: string[] }>("/ask/suggestions", undefined, signal)).suggestions,
  staleTime: 10 * 60_000,
});

export const previewQuery = (text: string) => queryOptions({
  queryKey: ["ask", "preview", text],
  queryFn: ({ signal }) => get<Preview>("/ask/preview", { text }, signal),
  enabled: text !== "",
  placeholderData: keepPreviousData,
  staleTime: 30_000,
  retry: false,
});

/** The chart of a turn as it would be now; it changes with the object's records. */
export const chartQuery = (object: string, conversation: string, turn: number) => queryOptions({
  queryKey: [...recordsKey(object), "chart", conversation, turn],
  queryFn: ({ signal }) => get<Chart>(`/ask/conversations/${conversation}/turns/${turn}/chart`, undefined, signal),
  retry: false,
});

/** What the bot said by itself and was not read yet, the last first; the stream of changes tells when there is more. */
export const unreadQuery = queryOptions({
  queryKey: ["ask", "unread"],
  queryFn: async ({ signal }) => (await get<{ unread: Unread[] }>("/ask/unread", undefined, signal)).unread,
});

export const markRead = (conversation: string, turn: number) => post<undefined>(`/ask/conversations/${conversation}/read`, { turn });

/** What the bot does by itself, the next first. */
export const promisesQuery = queryOptions({
  queryKey: ["ask", "promises"],
  queryFn: async ({ signal }) => (await get<{ promises: Promised[] }>("/ask/promises", undefined, signal)).promises,
});

/** What waits for one's yes, and what one asked others' for. */
export const approvalsQuery = queryOptions({
  queryKey: ["ask", "approvals"],
  queryFn: ({ signal }) => get<{ to_decide: Approval[]; asked: Approval[] }>("/ask/approvals", undefined, signal),
});

export const decideApproval = (id: string, approve: boolean) => post<Approval>(`/ask/approvals/${id}/decide`, { approve });
export const withdrawApproval = (id: string) => post<Approval>(`/ask/approvals/${id}/withdraw`, {});

export const endPromise = (id: string) => remove<undefined>(`/ask/promises/${id}`);

/** When the bot says nothing by itself, by the clock on one's wall; null: never. */
export interface QuietHours { begins: string | null; ends: string | null }

export const quietHoursQuery = queryOptions({
  queryKey: ["ask", "quiet hours"],
  queryFn: ({ signal }) => get<QuietHours>("/me/quiet-hours", undefined, signal),
});

export const setQuietHours = (hours: QuietHours) => put<QuietHours>("/me/quiet-hours", hours);
