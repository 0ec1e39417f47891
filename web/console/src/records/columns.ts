import { fieldOf, readable, valueType } from "../api/schema";
import { isEmpty } from "../values/validate";
import type { Field, FieldType, ObjectDef, RecordData } from "../api/types";

const long = new Set(["long_text", "rich_text", "json", "address", "location", "file"]);

/** The display name every record has, whether or not the object defines it as a field. */
export const nameField = (object: ObjectDef): Field => fieldOf(object, "name") ?? { name: "name", label: object.label, type: "text", sortable: true };

export const columnFields = (object: ObjectDef): Field[] =>
  object.fields.filter((field) => readable(field) && field.name !== "name" && field.name !== "id" && field.type !== "json");

/** How much a field tells at a glance, by its type: the most telling first. */
const telling: FieldType[][] = [["money"], ["select", "email"], ["date", "datetime"], ["reference", "user"], ["phone", "percent", "rating", "number", "decimal", "multi_select", "url"], ["text", "boolean", "duration", "auto_number", "references", "any_reference"]];
const rank = (field: Field, object: ObjectDef) => {
  const at = telling.findIndex((types) => types.includes(valueType(field)));
  // What an administrator added is there to be seen, what must be filled in matters; what the system keeps does less.
  return (at < 0 ? telling.length : at) - (field.filterable ? 1 : 0) - (field.custom ? 3.5 : 0) - (field.required ? 2.5 : 0) + (field.read_only ? 2 : 0)
    - (isState(field) ? 3 : 0) - (field === belongsTo(object) ? 1 : 0);
};
/** By convention of names: where a record stands on its way. */
const isState = (field: Field) => /^(stage|status|state)(_id)?$/.test(field.name);
/** The first reference tells what a record belongs to. */
const belongsTo = (object: ObjectDef) => object.fields.find((field) => field.type === "reference" && !field.system);

/**
 * The four most telling fields in the object's own order, then who owns it.
 * Given a sample of records, fields that none of them fills are passed over.
 */
export function defaultColumns(object: ObjectDef, sample: RecordData[] = []): string[] {
  const filled = (field: Field) => sample.length === 0 || sample.some((record) => !isEmpty(record[field.name]));
  const candidates = columnFields(object).filter((field) => !field.system && !long.has(field.type) && field.name !== "owner_id" && field.name !== "external_id" && field.name !== "tags" && !namesItself(field, object) && filled(field));
  const chosen = new Set([...candidates].sort((a, b) => rank(a, object) - rank(b, object)).slice(0, 4));
  const own = candidates.filter((field) => chosen.has(field)).map((field) => field.name);
  const last = (name: string) => (columnFields(object).some((field) => field.name === name) ? [name] : []);
  return [...own, ...last("owner_id"), ...(own.length < 4 ? last("updated_at") : [])];
}

/** The text field that a record's display name is taken from, which would only repeat it. */
const namesItself = (field: Field, object: ObjectDef) =>
  field.type === "text" && (["subject", "first_name", "last_name", "full_name"].includes(field.name) || (field.name === "title" && field.required === true)) && (field.required === true || fieldOf(object, "name")?.read_only === true || field.name === "first_name");

/** The name first, then the object's own fields, last those that every object has. */
export const inReadingOrder = (fields: Field[]): Field[] => {
  const common = ["owner_id", "tags", "external_id"];
  const place = (field: Field) => (field.name === "name" ? -1 : field.system ? common.length + 1 : common.indexOf(field.name) + 1);
  return [...fields].sort((a, b) => place(a) - place(b));
};

export const isNumeric = (field: Field) => ["money", "number", "decimal", "percent", "duration"].includes(valueType(field));

export const nameOf = (record: RecordData) => record.name || `…${record.id.slice(-6)}`;
