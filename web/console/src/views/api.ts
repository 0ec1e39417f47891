import { queryOptions } from "@tanstack/react-query";
import { listQuery } from "../api/records";
import type { Filter, Sort } from "../api/types";

export interface ViewDefinition { filter: Filter | null; sort: Sort[]; columns: string[] }

/** The saved views of one object: this person's own and the shared ones. */
export const viewsQuery = (object: string) => queryOptions({
  ...listQuery("saved_view", { filter: { field: "object", op: "eq", value: object }, sort: [{ field: "name" }], limit: 100 }),
  select: (page) => page.records,
});
