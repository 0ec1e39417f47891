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
  const filterable = ["json", "address", "location", "file", "long_text", "rich_text"].includes(type) ? [] : (["filterable"] as const);
  return ["required", ...indexed, ...filterable, "sensitive"];
}

/** What is sent: the settings that belong to the type, and no others. */
export function fieldInput(field: Field): Partial<Field> {
  const { name, label, type, description = null, also_called = [] } = field;
  const input: Partial<Field> = { name, label, type, description, also_called };
  for (const flag of flagsFor(type)) input[flag] = field[flag] ?? false;
  if (type === "select" || type === "multi_select") {
    input.options = (field.options ?? []).filter((option) => option.label.trim()).map((option, order) => ({ ...option, order }));
  }
  if (type === "reference" || type === "references") input.references = field.references ?? null;
  if (type === "formula") { input.formula = field.formula ?? ""; input.result_type = field.result_type ?? "number"; }
  if (type === "rollup") input.rollup = field.rollup ?? null;
  if (numeric.has(type)) { input.min = field.min ?? null; input.max = field.max ?? null; }
  if (textual.has(type)) { input.max_length = field.max_length ?? null; input.pattern = field.pattern || null; }
  if (!computed.has(type) && field.default !== undefined) input.default = field.default === "" ? null : field.default;
  return input;
}
