import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get, post, remove, request } from "./client";
import type { Aggregate, BulkAnswer, BulkOperation, Groups, ListQuery, Page, RecordData } from "./types";

const path = (object: string, id?: string) => `/records/${object}${id ? `/${id}` : ""}`;

function fetchPage(object: string, { q, ...query }: ListQuery, signal?: AbortSignal): Promise<Page> {
  if (q) {
    const sort = query.sort?.map((by) => (by.descending ? "-" : "") + by.field).join(",");
    const filter = query.filter && JSON.stringify(query.filter);
    return get<Page>(path(object), { q, filter, sort, limit: query.limit, after: query.after, total: query.total }, signal);
  }
  return request<Page>("POST", `${path(object)}/query`, { body: query, signal });
}

/** Every cached answer about an object's records begins with this key. */
export const recordsKey = (object: string) => ["records", object] as const;

export const pagesQuery = (object: string, query: ListQuery) => infiniteQueryOptions({
  queryKey: [...recordsKey(object), "pages", query],
  queryFn: ({ pageParam, signal }) => fetchPage(object, { ...query, ...(pageParam ? { after: pageParam, total: false } : {}) }, signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
  placeholderData: keepPreviousData,
});

export const listQuery = (object: string, query: ListQuery) => queryOptions({
  queryKey: [...recordsKey(object), "list", query],
  queryFn: ({ signal }) => fetchPage(object, query, signal),
});

export const recordQuery = (object: string, id: string) => queryOptions({
  queryKey: [...recordsKey(object), "record", id],
  queryFn: ({ signal }) => get<RecordData>(path(object, id), undefined, signal),
});

export const aggregateQuery = (object: string, aggregate: Aggregate) => queryOptions({
  queryKey: [...recordsKey(object), "aggregate", aggregate],
  queryFn: ({ signal }) => request<Groups>("POST", `${path(object)}/aggregate`, { body: aggregate, signal }),
});

export const createRecord = (object: string, values: Record<string, unknown>, idempotencyKey: string) =>
  post<RecordData>(path(object), values, { "Idempotency-Key": idempotencyKey });
export const updateRecord = (object: string, id: string, version: number, values: Record<string, unknown>) =>
  request<RecordData>("PATCH", path(object, id), { body: values, headers: { "If-Match": `"v${version}"` } });
export const deleteRecord = (object: string, id: string) => remove<unknown>(path(object, id));
export const restoreRecord = (object: string, id: string) => post<RecordData>(`${path(object, id)}/restore`);
export const runAction = (object: string, id: string, action: string, input: Record<string, unknown>) =>
  post<unknown>(`${path(object, id)}/actions/${action}`, input);
export const mergeRecords = (object: string, id: string, from: string[], values: Record<string, unknown>) =>
  post<RecordData>(`${path(object, id)}/merge`, { from, values });
export const bulk = (object: string, operations: BulkOperation[]) => post<BulkAnswer>(`${path(object)}/bulk`, { operations, atomic: false });

export async function uploadFile(file: File): Promise<RecordData> {
  return request<RecordData>("POST", "/files", { query: { name: file.name }, raw: file });
}
export const fileAddress = (id: string) => `/api/v1/files/${id}`;

export interface Share { user_id?: string; team_id?: string; access: "read" | "update" }
export const sharesQuery = (object: string, id: string) => queryOptions({
  queryKey: [...recordsKey(object), "shares", id],
  queryFn: ({ signal }) => get<{ shares: Share[] }>(`${path(object, id)}/shares`, undefined, signal),
});
export const putShares = (object: string, id: string, shares: Share[]) => request<unknown>("PUT", `${path(object, id)}/shares`, { body: { shares } });
