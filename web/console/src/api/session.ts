import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { get, listIn, patch, post, put, remove } from "./client";
import type { Me, SessionInfo } from "./types";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => get<Me>("/me", undefined, signal),
  staleTime: 5 * 60_000,
  retry: false,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => get<{ needed: boolean; provider: string | null }>("/setup", undefined, signal),
  staleTime: 60_000,
});

export interface SetupInput { company: string; name: string; email: string; password: string; time_zone: string; currency: string; language: string }

export const signIn = (email: string, password: string, tenant?: string) => post<Me>("/session", { email, password, ...(tenant ? { tenant } : {}) });
export const signOut = () => remove<unknown>("/session");
export const setUp = (input: SetupInput) => post<unknown>("/setup", input);
export const changeMe = (input: { language?: string; time_zone?: string }) => patch<Me>("/me", input);
export const changePassword = (current: string, next: string) => put<unknown>("/me/password", { current, new: next });
export const setPasswordOf = (user: string, next: string) => put<unknown>(`/users/${user}/password`, { new: next });

export const sessionsQuery = (user?: string) => queryOptions({
  queryKey: ["sessions", user ?? "me"],
  queryFn: async ({ signal }) => listIn<SessionInfo>(await get<unknown>("/sessions", { user_id: user }, signal)),
});
export const endSession = (id: string) => remove<unknown>(`/sessions/${id}`);

/** The signed-in person; only below the signed-in shell, whose route has loaded it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useAbility(ability: string): boolean {
  const me = useMe();
  return me.admin || me.abilities.includes(ability);
}
