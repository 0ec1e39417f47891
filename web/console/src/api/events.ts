import { infiniteQueryOptions } from "@tanstack/react-query";
import { get, post } from "./client";
import { recordsKey } from "./records";
import type { ChangeEvent, Events } from "./types";

export const timelineQuery = (object: string, id: string) => infiniteQueryOptions({
  queryKey: [...recordsKey(object), "timeline", id],
  queryFn: ({ pageParam, signal }) => get<Events>(`/records/${object}/${id}/timeline`, { after: pageParam || undefined, limit: 30 }, signal),
  initialPageParam: 0,
  getNextPageParam: (page) => page.next,
});

export interface EventFilter { object?: string; record_id?: string; by?: string; kind?: string }
export const eventsQuery = (filter: EventFilter) => infiniteQueryOptions({
  queryKey: ["events", filter],
  queryFn: ({ pageParam, signal }) => get<Events>("/events", { ...filter, newest_first: true, after: pageParam || undefined, limit: 50 }, signal),
  initialPageParam: 0,
  getNextPageParam: (page) => (page.events.length > 0 ? page.next : null),
});

export const revertEvent = (sequence: number) => post<unknown>(`/events/${sequence}/revert`);
export const revertBatch = (batch: string) => post<unknown>(`/batches/${batch}/revert`);

/** The event that made this version of a record; undo reverts it. */
export async function eventOfVersion(object: string, id: string, version: number): Promise<ChangeEvent | undefined> {
  const { events } = await get<Events>(`/records/${object}/${id}/timeline`, { limit: 10 });
  return events.find((event) => event.record_id === id && event.version === version);
}
