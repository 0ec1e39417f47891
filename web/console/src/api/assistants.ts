import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get, listIn, post, remove } from "./client";

/** What somebody allows a program. */
export interface Consent { id: string; client: string; client_name: string; client_host: string; user_id: string; user_name: string; scopes: string[]; given_at: string; last_used_at: string | null }
/** A program that the company knows. */
export interface Client { id: string; client_id: string; kind: "dynamic" | "document" | "program"; name: string; host: string; user_id: string | null; user_name: string | null; scopes: string[]; created_at: string; last_used_at: string | null; blocked_at: string | null; consents: Consent[] }
export interface ClientSecret { id: string; client_id: string; client_secret: string }

export const consentsQuery = queryOptions({
  queryKey: ["assistants", "consents"],
  queryFn: async ({ signal }) => listIn<Consent>(await get<unknown>("/oauth/consents", undefined, signal)),
});
export const clientsQuery = queryOptions({
  queryKey: ["assistants", "clients"],
  queryFn: async ({ signal }) => listIn<Client>(await get<unknown>("/oauth/clients", undefined, signal)),
});
/** Something that an assistant called: who, what, about which record (`deal:UUID`) or object, and what came of it. */
export interface AssistantCall { id: string; at: string; client: string; client_name: string | null; user_id: string; user_name: string | null; called: string; about: string | null; outcome: "done" | "asked" | "failed" | "refused" }
export const callsQuery = (client: string) => infiniteQueryOptions({
  queryKey: ["assistants", "calls", client],
  queryFn: ({ pageParam, signal }) => get<{ calls: AssistantCall[]; next: string | null }>("/oauth/calls", { client, before: pageParam, limit: 50 }, signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
});
export const withdrawConsent = (id: string) => remove<unknown>(`/oauth/consents/${id}`);
export const blockClient = (id: string) => post<unknown>(`/oauth/clients/${id}/block`, {});
export const unblockClient = (id: string) => post<unknown>(`/oauth/clients/${id}/unblock`, {});
export const makeClient = (input: { name: string; user_id: string; scopes: string[] }) => post<ClientSecret>("/oauth/clients", input);
