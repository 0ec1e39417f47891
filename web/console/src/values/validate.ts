import { valueType, writable } from "../api/schema";
import type { Field } from "../api/types";

/** What is wrong with a value, as a message key; the server has the last word, this only answers sooner. */
export type Fault = { key: "required" | "number" | "duration" | "json" | "location" | "pattern" } | { key: "min" | "max" | "tooLong"; limit: number };

export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  || (typeof value === "object" && "amount" in value && (value.amount === "" || value.amount === null));

const decimal = /^-?\d+(\.\d+)?$/;

export function faultOf(field: Field, value: unknown): Fault | null {
  if (isEmpty(value)) return field.required && field.type !== "boolean" ? { key: "required" } : null;
  switch (valueType(field)) {
    case "number": case "decimal": case "percent": case "rating": case "money": {
      const amount = typeof value === "object" && value !== null && "amount" in value ? value.amount : value;
      if (!decimal.test(String(amount))) return { key: "number" };
      if (typeof field.min === "number" && Number(amount) < field.min) return { key: "min", limit: field.min };
      if (typeof field.max === "number" && Number(amount) > field.max) return { key: "max", limit: field.max };
      return null;
    }
    case "duration":
      return typeof value === "string" && value.startsWith("P") ? null : { key: "duration" };
    case "json":
      return value instanceof Unparsed ? { key: "json" } : null;
    case "location":
      return value instanceof Unparsed ? { key: "location" } : null;
    default:
      if (typeof value !== "string") return null;
      if (field.max_length && value.length > field.max_length) return { key: "tooLong", limit: field.max_length };
      return field.pattern && !matches(field.pattern, value) ? { key: "pattern" } : null;
  }
}

/** Text that could not be read as the structured value its field holds. */
export class Unparsed {
  constructor(readonly text: string) {}
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch {
    return true;
  }
}

export function faultsOf(fields: Field[], values: Record<string, unknown>): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  for (const field of fields) {
    if (!writable(field)) continue;
    const fault = faultOf(field, values[field.name]);
    if (fault) faults[field.name] = fault;
  }
  return faults;
}

/** The values that differ from those the form began with; emptied ones become null. */
export function changedValues(base: Record<string, unknown>, values: Record<string, unknown>): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const next = isEmpty(value) ? null : value;
    const before = isEmpty(base[name]) ? null : base[name];
    if (JSON.stringify(next) !== JSON.stringify(before)) changed[name] = next;
  }
  return changed;
}
