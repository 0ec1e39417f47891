import { describe, expect, it } from "vitest";
import type { Field } from "../api/types";
import { changedValues, faultOf, faultsOf, Unparsed } from "./validate";

const field = (type: Field["type"], more: Partial<Field> = {}): Field => ({ name: "x", label: "X", type, ...more });

describe("values are checked before they are sent", () => {
  it("a required one must be there", () => {
    for (const value of [null, "", [], { amount: "", currency: "USD" }]) expect(faultOf(field("text", { required: true }), value)).toEqual({ key: "required" });
  });
  it("no is an answer", () => expect(faultOf(field("boolean", { required: true }), false)).toBeNull());
  it("numbers and their limits", () => {
    expect(faultOf(field("number"), "abc")).toEqual({ key: "number" });
    expect(faultOf(field("percent", { max: 100 }), 120)).toEqual({ key: "max", limit: 100 });
    expect(faultOf(field("money", { min: 0 }), { amount: "-1", currency: "USD" })).toEqual({ key: "min", limit: 0 });
    expect(faultOf(field("decimal"), "12.50")).toBeNull();
  });
  it("texts and their form", () => {
    expect(faultOf(field("text", { max_length: 3 }), "abcd")).toEqual({ key: "tooLong", limit: 3 });
    expect(faultOf(field("text", { pattern: "[A-Z]{2}" }), "A")).toEqual({ key: "pattern" });
    expect(faultOf(field("text", { pattern: "(?<broken" }), "A")).toBeNull();
  });
  it("what could not be read", () => expect(faultOf(field("json"), new Unparsed("{"))).toEqual({ key: "json" }));
  it("only fields that may be written", () => expect(faultsOf([field("text", { required: true, read_only: true })], {})).toEqual({}));
});

describe("only what changed is sent", () => {
  it("emptied becomes null", () => expect(changedValues({ a: "1", b: "2" }, { a: "", b: "2" })).toEqual({ a: null }));
  it("empty stays empty", () => expect(changedValues({ a: null, b: [] }, { a: "", b: null })).toEqual({}));
  it("structures are compared whole", () => expect(changedValues({ m: { amount: "1", currency: "USD" } }, { m: { amount: "1", currency: "USD" } })).toEqual({}));
});
