import { valueType } from "../api/schema";
import type { Field, FilterOp } from "../api/types";

/** What the operator menu offers: an operator, or two that differ only in a fixed value. */
export interface Choice { key: string; op: FilterOp; fixed?: unknown }

const empty: Choice[] = [{ key: "is_empty", op: "is_empty", fixed: true }, { key: "is_not_empty", op: "is_empty", fixed: false }];
const simple = (...ops: FilterOp[]): Choice[] => ops.map((op) => ({ key: op, op }));

export function choicesFor(field: Field): Choice[] {
  switch (valueType(field)) {
    case "number": case "decimal": case "percent": case "rating": case "money": case "duration":
      return [...simple("eq", "ne", "gt", "ge", "lt", "le", "between"), ...empty];
    case "date": case "datetime":
      return [{ key: "within", op: "within" }, { key: "after", op: "gt" }, { key: "on_or_after", op: "ge" }, { key: "before", op: "lt" }, { key: "on_or_before", op: "le" }, ...simple("between"), ...empty];
    case "boolean":
      return [{ key: "is_true", op: "eq", fixed: true }, { key: "is_false", op: "eq", fixed: false }];
    case "select":
      return [...simple("in", "ne"), ...empty];
    case "user":
      return [{ key: "is_me", op: "eq", fixed: { me: true } }, ...simple("in"), ...empty];
    case "reference":
      return [...simple("in"), ...empty];
    case "references": case "multi_select":
      return [{ key: "has", op: "contains" }, ...empty];
    case "any_reference": case "file": case "address": case "location": case "json":
      return empty;
    default:
      return [...simple("contains", "eq", "ne", "starts_with"), ...empty];
  }
}

export function choiceOf(field: Field, op: FilterOp, value: unknown): Choice | undefined {
  const choices = choicesFor(field);
  return choices.find((choice) => choice.op === op && choice.fixed !== undefined && JSON.stringify(choice.fixed) === JSON.stringify(value))
    ?? choices.find((choice) => choice.op === op && choice.fixed === undefined);
}

/** The value to begin with when the operator changes: kept where its shape still fits. */
export function valueFor(choice: Choice, previous: { op: FilterOp; value: unknown } | undefined): unknown {
  if (choice.fixed !== undefined) return choice.fixed;
  const shape = (op: FilterOp) => (op === "in" ? "list" : op === "between" ? "pair" : op === "within" ? "period" : op === "is_empty" ? "flag" : "one");
  if (previous && shape(previous.op) === shape(choice.op) && typeof previous.value !== "boolean" && !isMe(previous.value)) return previous.value;
  if (choice.op === "in") return [];
  if (choice.op === "between") return [null, null];
  return choice.op === "within" ? "this_month" : null;
}

export const isMe = (value: unknown) => typeof value === "object" && value !== null && "me" in value;
