import { describe, expect, it } from "vitest";
import { contrast, plain, readableOn, textOn } from "./colour";

/** Every corner and middle of the colour cube. */
const steps = ["00", "33", "66", "80", "99", "cc", "ff"];
const colours = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)));

describe("whatever colour a company chose", () => {
  it("text on it can be read", () => {
    for (const colour of colours) expect(contrast(textOn(colour), colour), colour).toBeGreaterThanOrEqual(4.5);
  });
  it.each(["#ffffff", "#f5f6f7", "#181d21"])("words in it can be read on %s", (background) => {
    for (const colour of colours) expect(contrast(readableOn(background, colour), background), colour).toBeGreaterThanOrEqual(4.5);
  });
});

it("white is taken where it can be read", () => {
  expect(textOn("#0a7d55")).toBe("#ffffff");
  expect(textOn("#ffe100")).toBe("#101417");
});
it("a colour that can be read stays what it is", () => expect(readableOn("#ffffff", "#0a7d55")).toBe("#0a7d55"));
it("three digits are as good as six", () => expect(plain("#0AF")).toBe("#00aaff"));
it("what is no colour is the product's own", () => {
  for (const text of ["", "teal", "#12345", "red;background:url(x)"]) expect(plain(text)).toBe("#0b6b66");
});
