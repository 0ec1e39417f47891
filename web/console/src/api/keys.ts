import { queryOptions } from "@tanstack/react-query";
import { get, listIn, post, remove } from "./client";
import type { ApiKey } from "./types";

export const keysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: async ({ signal }) => listIn<ApiKey>(await get<unknown>("/api-keys", undefined, signal)),
});
export const createKey = (input: { name: string; scopes: string[]; expires_at?: string }) => post<{ id: string; key: string }>("/api-keys", input);
export const deleteKey = (id: string) => remove<unknown>(`/api-keys/${id}`);
