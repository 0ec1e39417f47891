import { valueType } from "../api/schema";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { valueText, type TextTools } from "../fields/valueText";
import type { Answer } from "./types";

export interface Change { name: string; label: string; before: string; after: string }

/** What a proposal would change, field by field: the bot names fields as queries do, references without `_id`. */
export function changesOf({ values = {}, action }: Answer, object: ObjectDef | undefined, record: RecordData | undefined, tools: TextTools): Change[] {
  const entries = Object.entries(values);
  const others = entries.filter(([name]) => name !== "name").map(([, value]) => value);
  return entries.flatMap(([name, value]) => {
    const field = object?.fields.find((candidate) => candidate.name === name || candidate.name === `${name}_id`);
    // The display name of a new record is made of other values and would only repeat them.
    if (name === "name" && action === "create" && (others.includes(value) || (others.length > 1 && (!field || field.read_only)))) return [];
    const before = field && record ? valueText(field, record[field.name], tools, record._names) : "";
    return [{ name, label: field?.label ?? name, before, after: afterText(field, value, tools) }];
  });
}

/** References and options come by their names, the rest as values. */
function afterText(field: Field | undefined, value: unknown, tools: TextTools): string {
  if (!field) return typeof value === "string" ? value : JSON.stringify(value);
  if (["reference", "references", "user", "any_reference"].includes(valueType(field)) && typeof value === "string") return value;
  return valueText(field, value, tools);
}
