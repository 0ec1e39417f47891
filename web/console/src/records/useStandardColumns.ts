import { useState } from "react";
import type { ObjectDef, RecordData } from "../api/types";
import { defaultColumns } from "./columns";
import type { ListState } from "./useListState";

/**
 * The columns of a list for which nobody chose any. They are chosen by the first records found and then stay: another
 * order of the same records changes nothing, and a column that the list is sorted by is always there.
 */
export function useStandardColumns(object: ObjectDef, state: ListState, found: RecordData[] | undefined): string[] {
  const question = JSON.stringify([state.q, state.filter]);
  const [kept, setKept] = useState<{ object: ObjectDef; question: string; columns: string[] }>();
  const answered = kept?.object === object && kept.question === question;
  if (!answered && found && found.length > 0) setKept({ object, question, columns: defaultColumns(object, found) });
  const columns = kept?.object === object ? kept.columns : defaultColumns(object);
  const sorted = state.sort.map((by) => by.field).filter((name) => name !== "name" && !columns.includes(name));
  return [...columns, ...sorted];
}
