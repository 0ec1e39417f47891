import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useSchema } from "../api/schema";
import type { Filter, ObjectDef, RecordData, Sort } from "../api/types";
import { viewsQuery } from "../views/api";

export interface ListSearch { view?: string; q?: string; filter?: Filter | null; sort?: Sort[]; columns?: string[]; deleted?: boolean; board?: string; scope?: string }

/** Reads the list's state out of an address; what does not fit is left out. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined);
  const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  return {
    view: text(search.view), q: text(search.q), board: text(search.board), scope: text(search.scope),
    filter: search.filter === null ? null : isObject(search.filter) ? (search.filter as Filter) : undefined,
    sort: Array.isArray(search.sort) ? (search.sort as Sort[]) : undefined,
    columns: Array.isArray(search.columns) ? (search.columns as string[]) : undefined,
    deleted: search.deleted === true ? true : undefined,
  };
}

export interface ListState {
  q: string;
  filter: Filter | undefined;
  sort: Sort[];
  /** Those chosen; where none are, the list decides by what there is to see. */
  columns: string[] | undefined;
  deleted: boolean;
  view: RecordData | undefined;
  views: RecordData[];
  /** Whether something differs from the chosen view. */
  changed: boolean;
  search: ListSearch;
  set: (change: ListSearch) => void;
}

/** The list as the address tells it, over the chosen saved view, over the defaults. */
export function useListState(object: ObjectDef): ListState {
  const search: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const schema = useSchema();
  const { data: views = [] } = useQuery({ ...viewsQuery(object.name), enabled: schema.byName.has("saved_view") });
  const view = views.find((candidate) => candidate.id === search.view);
  const definition = (view?.definition ?? {}) as { filter?: Filter | null; sort?: Sort[]; columns?: string[] };
  return {
    q: search.q ?? "",
    filter: (search.filter === undefined ? definition.filter : search.filter) ?? undefined,
    sort: search.sort ?? definition.sort ?? [],
    columns: search.columns ?? definition.columns,
    deleted: search.deleted ?? false,
    view, views, search,
    changed: search.filter !== undefined || search.sort !== undefined || search.columns !== undefined,
    set: (change) => void navigate({ to: ".", search: { ...search, ...change }, replace: "q" in change }),
  };
}
