import { queryOptions, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { get, request } from "../api/client";
import { useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { Filter, Page, RecordData } from "../api/types";

/** Whose conversations the inbox lists: those of one's own teams, or everybody's. Kept by this browser. */

const setting = "parley.inbox.teams";
const listeners = new Set<() => void>();

export const ownTeamsOnly = () => localStorage.getItem(setting) === "own";
export function showOwnTeams(own: boolean) {
  localStorage.setItem(setting, own ? "own" : "all");
  for (const listener of listeners) listener();
}
const useOwnTeamsOnly = () => useSyncExternalStore((listener) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}, ownTeamsOnly);

/** The teams that somebody belongs to or manages. */
const ownTeamsQuery = (me: string) => queryOptions({
  queryKey: ["inbox", "teams", me],
  queryFn: async ({ signal }) => {
    const filter = { field: "manager_id", op: "eq", value: { me: true } };
    const [user, managed] = await Promise.all([
      get<RecordData>(`/records/user/${me}`, undefined, signal),
      request<Page>("POST", "/records/team/query", { body: { filter, limit: 100, fields: ["name"] }, signal }),
    ]);
    const own = typeof user.team_id === "string" ? [user.team_id] : [];
    return [...new Set([...own, ...managed.records.map(({ id }) => id)])];
  },
  staleTime: 5 * 60_000,
});

export interface Teams {
  /** Whether there is anything to choose: people without a team see everything. */
  offered: boolean;
  ownOnly: boolean;
  /** What the list leaves to others; nothing while it shows everything. */
  filter?: Filter;
}

/** The choice, and what it means for the list. */
export function useTeams(): Teams {
  const me = useMe();
  const { byName } = useSchema();
  const { data: own = [] } = useQuery({ ...ownTeamsQuery(me.id), enabled: byName.has("team") && byName.has("user") });
  const ownOnly = useOwnTeamsOnly() && own.length > 0;
  return { offered: own.length > 0, ownOnly, filter: ownOnly ? ofTeams(own) : undefined };
}

/** Conversations of these teams, and those that wait for no team in particular. */
export const ofTeams = (teams: string[]): Filter => ({ or: [{ field: "team_id", op: "in", value: teams }, { field: "team_id", op: "is_empty", value: true }] });
