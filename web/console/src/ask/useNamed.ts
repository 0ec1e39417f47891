import { useQuery } from "@tanstack/react-query";
import { listQuery } from "../api/records";
import type { RecordData } from "../api/types";

/** The same records as they are now, with the names of what they refer to; as they were told until those come, or when they are gone. */
export function useNamed(object: string | undefined, told: RecordData[], enabled: boolean): RecordData[] {
  const ids = told.map(({ id }) => id);
  const { data } = useQuery({
    ...listQuery(object ?? "", { filter: { field: "id", op: "in", value: ids }, limit: Math.max(ids.length, 1) }),
    enabled: enabled && object !== undefined && ids.length > 0,
  });
  const found = new Map(data?.records.map((record) => [record.id, record]));
  return told.map((record) => found.get(record.id) ?? record);
}
