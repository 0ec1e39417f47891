import { describe, expect, it } from "vitest";
import type { Field } from "../api/types";
import { choiceOf, choicesFor, valueFor } from "./operators";
import { kindOf, partsOf, periodOf } from "./periods";

const field = (type: Field["type"], more: Partial<Field> = {}): Field => ({ name: "x", label: "X", type, ...more });

describe("operators follow the field's type", () => {
  it("a formula compares as its result", () => expect(choicesFor(field("formula", { result_type: "number" }))).toEqual(choicesFor(field("number"))));
  it("a fixed value tells two choices of one operator apart", () => {
    expect(choiceOf(field("text"), "is_empty", true)?.key).toBe("is_empty");
    expect(choiceOf(field("text"), "is_empty", false)?.key).toBe("is_not_empty");
    expect(choiceOf(field("user"), "eq", { me: true })?.key).toBe("is_me");
  });
});

describe("changing the operator", () => {
  const choose = (type: Field["type"], key: string) => {
    const choice = choicesFor(field(type)).find((candidate) => candidate.key === key);
    if (!choice) throw new Error(key);
    return choice;
  };
  it("keeps a value of the same shape", () => expect(valueFor(choose("number", "gt"), { op: "lt", value: 5 })).toBe(5));
  it("begins anew for another shape", () => {
    expect(valueFor(choose("number", "between"), { op: "lt", value: 5 })).toEqual([null, null]);
    expect(valueFor(choose("select", "in"), { op: "ne", value: "a" })).toEqual([]);
    expect(valueFor(choose("user", "in"), { op: "eq", value: { me: true } })).toEqual([]);
  });
});

describe("periods", () => {
  it.each([["this_month"], [{ last: 30, unit: "day" }], [{ next: 2, unit: "quarter" }], [{ unit: "year", to_date: true }]])("%j is read and written back", (period) => {
    const kind = kindOf(period);
    const { count, unit } = partsOf(period);
    expect(kind && periodOf(kind, count, unit)).toEqual(period);
  });
  it("anything else is no period", () => expect([kindOf("soon"), kindOf(7), kindOf({})]).toEqual([null, null, null]));
});
