import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get } from "./client";
import type { Hit } from "./types";

export const searchQuery = (q: string, objects?: string, limit = 20) => queryOptions({
  queryKey: ["search", q, objects, limit],
  queryFn: async ({ signal }) => (await get<{ hits: Hit[] }>("/search", { q, objects, limit }, signal)).hits,
  enabled: q.trim().length > 0,
  placeholderData: keepPreviousData,
  staleTime: 10_000,
});
