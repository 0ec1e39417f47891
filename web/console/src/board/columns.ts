import { fieldOf, readable, targetOf, writable, type Schema } from "../api/schema";
import type { Field, ObjectDef } from "../api/types";

const orderNames = ["order", "position", "sort_order"];

/** The number that puts the records of a stage-like object in a row. */
export const orderField = (object: ObjectDef | undefined) => object?.fields.find((field) => orderNames.includes(field.name) && field.type === "number");

/**
 * The fields an object's records can be moved along on a board: selects with a few options,
 * and references to an object whose records stand in an order, such as stages.
 */
export function boardFields(object: ObjectDef, schema: Schema): Field[] {
  const usable = object.fields.filter((field) => readable(field) && writable(field));
  const inOrder = usable.filter((field) => field.type === "reference" && orderField(schema.byName.get(targetOf(field) ?? "")));
  const scopes = inOrder.map((field) => scopeField(object, field, schema)?.name);
  const ordered = inOrder.filter((field) => !scopes.includes(field.name));
  const selects = usable.filter((field) => field.type === "select" && (field.options?.length ?? 0) >= 2 && (field.options?.length ?? 0) <= 12);
  return [...ordered, ...selects];
}

/** A reference that both the record and its stage have, as both belong to one pipeline: the board shows one at a time. */
export function scopeField(object: ObjectDef, field: Field, schema: Schema): Field | undefined {
  const target = schema.byName.get(targetOf(field) ?? "");
  if (field.type !== "reference" || !target) return undefined;
  return object.fields.find((candidate) => !candidate.system && candidate.type === "reference" && candidate.references !== field.references
    && fieldOf(target, candidate.name)?.references === candidate.references && fieldOf(target, candidate.name)?.type === "reference");
}

export const amountField = (object: ObjectDef) => object.fields.find((field) => field.type === "money" && readable(field));
