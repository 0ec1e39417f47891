import { describe, expect, it } from "vitest";
import type { Filter } from "../api/types";
import { both, countConditions, emptyGroup, fromFilter, toFilter, type Node } from "./model";

const amount: Filter = { field: "amount", op: "gt", value: 100 };
const stage: Filter = { field: "stage.probability", op: "between", value: [10, 50] };

describe("a filter is edited and written back unchanged", () => {
  const filters: Record<string, Filter> = {
    "one condition": amount,
    "all of several": { and: [amount, stage] },
    "any of several": { or: [amount, stage] },
    "a group in a group": { and: [amount, { or: [stage, { field: "name", op: "contains", value: "acme" }] }] },
    "a negated condition": { not: amount },
    "a negated group": { not: { and: [amount, stage] } },
    "any related record": { any: { through: "tasks", filter: { field: "status", op: "in", value: ["open"] } } },
    "no related record at all": { none: { through: "tasks" } },
    "a doubly negated condition": { not: { not: amount } },
    "me and relative days": { and: [{ field: "owner_id", op: "eq", value: { me: true } }, { field: "close_date", op: "lt", value: { relative: -7, unit: "day" } }] },
  };
  for (const [name, filter] of Object.entries(filters)) it(name, () => expect(toFilter(fromFilter(filter))).toEqual(filter));
});

describe("an unfinished condition does not filter", () => {
  const condition = (op: "eq" | "in" | "between", value: unknown): Node => ({ kind: "condition", field: "amount", op, value });
  it("without a value", () => expect(toFilter(condition("eq", null))).toBeUndefined());
  it("with an empty list", () => expect(toFilter(condition("in", []))).toBeUndefined());
  it("with half a range", () => expect(toFilter(condition("between", [1, null]))).toBeUndefined());
  it("but with zero or no", () => {
    expect(toFilter(condition("eq", 0))).toEqual({ field: "amount", op: "eq", value: 0 });
    expect(toFilter(condition("eq", false))).toEqual({ field: "amount", op: "eq", value: false });
  });
  it("and a group of nothing is no filter", () => expect(toFilter({ ...emptyGroup(), items: [emptyGroup()] })).toBeUndefined());
});

describe("two filters at once", () => {
  it("are joined flat", () => expect(both({ and: [amount] }, stage)).toEqual({ and: [amount, stage] }));
  it("either may be absent", () => {
    expect(both(undefined, stage)).toEqual(stage);
    expect(both(amount, null)).toEqual(amount);
    expect(both(null, undefined)).toBeUndefined();
  });
});

it("counts the conditions in force", () => expect(countConditions(fromFilter({ and: [amount, { or: [stage, { any: { through: "tasks" } }] }] }))).toBe(3));
