import { fieldOf, readable, targetOf, type Schema } from "../api/schema";
import { inReadingOrder } from "../records/columns";
import type { Field, ObjectDef } from "../api/types";

/** A field that a filter can name, possibly over references: `account.industry`. */
export interface Path { path: string; field: Field; label: string; group: string }

const segmentOf = (field: Field) => field.name.replace(/_id$/, "");
const isFollowed = (field: Field) => field.type === "reference" || field.type === "user";

const shapeless = new Set(["json", "address", "location"]);
/** Any field can be filtered by; `filterable` only says that an index makes it fast. */
const usable = (field: Field) => readable(field) && !shapeless.has(field.type) && field.name !== "id";

/** The object's own fields, then those one reference away. */
export function pathsOf(object: ObjectDef, schema: Schema): Path[] {
  const own = inReadingOrder(object.fields).filter(usable)
    .map((field) => ({ path: field.name, field, label: field.label, group: object.label }));
  const related = object.fields.filter((field) => readable(field) && isFollowed(field)).flatMap((reference) => {
    const target = schema.byName.get(targetOf(reference) ?? "");
    if (!target) return [];
    return target.fields.filter((field) => usable(field) && !field.system)
      .map((field) => ({ path: `${segmentOf(reference)}.${field.name}`, field, label: `${reference.label} › ${field.label}`, group: reference.label }));
  });
  return [...own, ...related];
}

/** Follows a dotted path from an object to the field it ends in. */
export function resolvePath(object: ObjectDef | undefined, path: string, schema: Schema): { field: Field; label: string } | null {
  const [head, ...rest] = path.split(".");
  if (!object || head === undefined) return null;
  if (rest.length === 0) {
    const field = fieldOf(object, head);
    return field ? { field, label: field.label } : null;
  }
  const reference = object.fields.find((field) => isFollowed(field) && (field.name === head || segmentOf(field) === head));
  const target = reference && schema.byName.get(targetOf(reference) ?? "");
  const end = target && resolvePath(target, rest.join("."), schema);
  return reference && end ? { field: end.field, label: `${reference.label} › ${end.label}` } : null;
}
