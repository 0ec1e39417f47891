import { useQuery } from "@tanstack/react-query";
import { listQuery } from "../api/records";
import { targetOf, useSchema } from "../api/schema";
import type { Field, RecordData } from "../api/types";
import { orderField } from "./columns";

/** A column of the board: what its records' field holds, and the record or option it stands for. */
export interface Column { key: string; label: string; colour?: string | null; record?: RecordData }

/** The options of a select field, or the records a reference can hold, in their order and within the scope. */
export function useColumns(field: Field, scope: Field | undefined, scopeId: string | undefined) {
  const schema = useSchema();
  const target = field.type === "reference" ? schema.byName.get(targetOf(field) ?? "") : undefined;
  const query = useQuery({
    ...listQuery(target?.name ?? "", {
      filter: scope && scopeId ? { field: scope.name, op: "eq", value: scopeId } : undefined,
      sort: [{ field: orderField(target)?.name ?? "name" }], limit: 100,
    }),
    enabled: target !== undefined && (!scope || scopeId !== undefined),
    select: (page): Column[] => page.records.map((record) => ({ key: record.id, label: record.name ?? "", record })),
  });
  if (field.type === "reference") return { list: query.data, pending: query.isPending, error: query.error, retry: () => void query.refetch() };
  const options = [...(field.options ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0)).filter((option) => !option.archived);
  return { list: options.map(({ key, label, colour }): Column => ({ key, label, colour })), pending: false, error: null, retry: () => undefined };
}
