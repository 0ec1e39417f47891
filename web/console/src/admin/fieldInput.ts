import { isEmpty } from "../values/validate";
import type { Field, FieldType } from "../api/types";

/** The types an admin can choose from, the common ones first. */
export const fieldTypes: FieldType[] = [
  "text", "long_text", "rich_text", "number", "decimal", "money", "percent", "boolean", "date", "datetime", "duration",
  "select", "multi_select", "reference", "references", "user", "any_reference", "email", "phone", "url", "address", "location",
  "rating", "file", "json", "auto_number", "formula", "rollup",
];

export const numeric = new Set<FieldType>(["number", "decimal", "money", "percent", "rating"]);
export const textual = new Set<FieldType>(["text", "long_text", "rich_text", "email", "phone", "url"]);
const computed = new Set<FieldType>(["formula", "rollup", "auto_number"]);

type Flag = "required" | "unique" | "filterable" | "sensitive";

/** The marks that make sense for a type. */
export function flagsFor(type: FieldType): Flag[] {
  if (computed.has(type)) return ["sensitive"];
  const indexed = textual.has(type) && type !== "long_text" && type !== "rich_text" ? (["unique"] as const) : [];
  const filterable = ["json", "address", "location", "file", "long_text", "rich_text", "multi_select", "references", "any_reference"].includes(type) ? [] : (["filterable"] as const);
  return ["required", ...indexed, ...filterable, "sensitive"];
}

/** What is sent: the settings that belong to the type and have a value, and no others. */
export function fieldInput(field: Field): Partial<Field> {
  const { name, label, type, description, also_called = [] } = field;
  const input: Partial<Field> = { name, label, type, also_called };
  if (description) input.description = description;
  // Whether it gets an index the server decides by the room there is, unless told.
  for (const flag of flagsFor(type)) if (field[flag] !== undefined) input[flag] = field[flag];
  if (type === "select" || type === "multi_select") {
    input.options = (field.options ?? []).filter((option) => option.label.trim()).map(({ key, label: text, colour, archived }) => ({ key, label: text, ...(colour ? { colour } : {}), archived: archived ?? false }));
  }
  if (type === "reference" || type === "references") input.references = field.references ?? null;
  if (type === "formula") { input.formula = field.formula ?? ""; input.result_type = field.result_type ?? "number"; }
  if (type === "rollup") input.rollup = field.rollup ?? null;
  if (type === "decimal") input.scale = field.scale ?? 2;
  if (type === "auto_number") input.prefix = field.prefix ?? "";
  const limits = numeric.has(type) ? (["min", "max"] as const) : textual.has(type) ? (["max_length", "pattern"] as const) : [];
  for (const limit of limits) if (field[limit] !== null && field[limit] !== undefined) Object.assign(input, { [limit]: field[limit] });
  if (!computed.has(type) && !isEmpty(field.default)) input.default = field.default;
  return input;
}

const fixed = new Set<string>(["name", "type", "unique", "references", "result_type", "rollup", "scale", "prefix"]);

/** Of a field that exists, only what changed: its name, its type and what belongs to its type stay. */
export function fieldChange(before: Field, after: Field): Partial<Field> {
  const [old, now] = [fieldInput(before), fieldInput(after)];
  const changed = Object.entries(now).filter(([key, value]) => !fixed.has(key) && JSON.stringify(value) !== JSON.stringify(old[key as keyof Field]));
  return { ...Object.fromEntries(changed), ...(before.description && !after.description ? { description: "" } : {}) };
}
