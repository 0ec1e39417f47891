import { fieldOf, targetOf, valueType } from "../api/schema";
import type { Field, Filter, ObjectDef, RecordData } from "../api/types";
import { defaultColumns } from "../records/columns";
import type { Asked } from "./types";

/** There is little room beside a page. */
const columns = 2;

/** The fields that tell most of these records: what was asked about first, but nothing that is the same for all of them. */
export function tellingFields(object: ObjectDef, records: RecordData[], asked?: Asked, most = columns): Field[] {
  const find = (name: string) => fieldOf(object, name) ?? fieldOf(object, `${name}_id`);
  const named = records.some((record) => record._names !== undefined);
  const compared = comparisonsIn(asked?.filter);
  const fixed = compared.filter(({ op }) => op === "eq").map(({ field }) => find(field));
  const sorted = Array.isArray(asked?.sort) ? asked.sort.map(({ field }) => field) : [];
  const first = [...sorted, ...compared.filter(({ op }) => op !== "eq").map(({ field }) => field)].map(find);
  const usual = defaultColumns(object, records).map(find).filter((field) => field && valueType(field) !== "boolean");
  return [...new Set([...first, ...usual])]
    .filter((field) => field !== undefined)
    .filter((field) => !["name", "id"].includes(field.name) && !fixed.includes(field) && (named || targetOf(field) === null))
    .slice(0, most);
}

/** What every record found fulfils: conditions that hold together. */
function comparisonsIn(filter: Filter | undefined): { field: string; op: string }[] {
  if (!filter) return [];
  if ("and" in filter) return filter.and.flatMap(comparisonsIn);
  return "field" in filter ? [filter] : [];
}
