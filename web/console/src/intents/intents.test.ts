import { describe, expect, it } from "vitest";
import { countsOf, sentencesOf } from "./api";

describe("sentences", () => {
  it("are taken from lines, each once, without those that are known", () => {
    expect(sentencesOf("  Book a demo \n\nbook  a DEMO\nShow me\nWhere are you?", ["where are you?"])).toEqual(["Book a demo", "Show me"]);
  });
  it("are counted by intent and purpose", () => {
    const groups = [{ keys: ["a", false], values: [3] }, { keys: ["a", true], values: [1] }, { keys: ["b", null], values: [2] }];
    const counts = countsOf({ groups: groups.map((group) => ({ ...group, labels: [] })), more: false });
    expect([...counts]).toEqual([["a", { learnt: 3, tests: 1 }], ["b", { learnt: 2, tests: 0 }]]);
  });
});
