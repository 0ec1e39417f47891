import { fieldOf, readable, valueType } from "../api/schema";
import type { Field, ObjectDef, RecordData } from "../api/types";

const long = new Set(["long_text", "rich_text", "json", "address", "location", "file"]);

/** The display name every record has, whether or not the object defines it as a field. */
export const nameField = (object: ObjectDef): Field => fieldOf(object, "name") ?? { name: "name", label: object.label, type: "text", sortable: true };

export const columnFields = (object: ObjectDef): Field[] =>
  object.fields.filter((field) => readable(field) && field.name !== "name" && field.name !== "id" && field.type !== "json");

/** The first fields that tell something at a glance, then who owns it. */
export function defaultColumns(object: ObjectDef): string[] {
  const telling = columnFields(object).filter((field) => !field.system && !long.has(field.type) && field.name !== "owner_id" && field.name !== "external_id" && field.name !== "tags" && !namesItself(field, object));
  const owner = columnFields(object).some((field) => field.name === "owner_id") ? ["owner_id"] : [];
  const changed = columnFields(object).some((field) => field.name === "updated_at") ? ["updated_at"] : [];
  return [...telling.slice(0, 5).map((field) => field.name), ...owner, ...(telling.length < 5 ? changed : [])];
}

/** The text field that a record's display name is taken from, which would only repeat it. */
const namesItself = (field: Field, object: ObjectDef) =>
  ["subject", "title", "first_name", "last_name", "full_name"].includes(field.name) && field.type === "text" && (field.required || fieldOf(object, "name")?.read_only === true);

export const isNumeric = (field: Field) => ["money", "number", "decimal", "percent", "duration"].includes(valueType(field));

export const nameOf = (record: RecordData) => record.name || `…${record.id.slice(-6)}`;
