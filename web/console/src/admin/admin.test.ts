import { describe, expect, it } from "vitest";
import { fieldChange, fieldInput } from "./fieldInput";
import { withField, withGrant } from "./grants";
import { nameFrom, words } from "./names";

it("names are made from labels", () => expect(["Größe (m)", "IMO number", "2nd owner", "Été"].map(nameFrom)).toEqual(["groesse_m", "imo_number", "nd_owner", "ete"]));
it("words are parted by commas", () => expect(words(" ship, boat ,")).toEqual(["ship", "boat"]));

describe("grants", () => {
  it("are replaced and taken away by object", () => {
    expect(withGrant({ deal: { read: "own" } }, "deal", { read: "all" })).toEqual({ deal: { read: "all" } });
    expect(withGrant({ deal: { read: "own" }, "*": {} }, "deal", null)).toEqual({ "*": {} });
  });
  it("and by field", () => {
    expect(withField({ read: "all" }, "amount", "read")).toEqual({ read: "all", fields: { amount: "read" } });
    expect(withField({ fields: { amount: "read", name: "none" } }, "amount", null)).toEqual({ fields: { name: "none" } });
  });
});

describe("a field is sent with what belongs to its type", () => {
  it("options in their order, without blank ones", () =>
    expect(fieldInput({ name: "size", label: "Size", type: "select", options: [{ key: "s", label: "Small" }, { key: "", label: " " }, { key: "l", label: "Large" }] }).options).toEqual([{ key: "s", label: "Small", archived: false }, { key: "l", label: "Large", archived: false }]));
  it("a change of one sends what changed, and never its name or type", () =>
    expect(fieldChange({ name: "a", label: "A", type: "text", required: false, max_length: 5 }, { name: "a", label: "B", type: "text", required: false, max_length: 5 })).toEqual({ label: "B" }));
  it("no limits on a select", () => expect(fieldInput({ name: "a", label: "A", type: "select", min: 3 })).not.toHaveProperty("min"));
});
