import { describe, expect, it } from "vitest";
import { linkParts, webAddress } from "./links";

const links = (text: string) => linkParts(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));
const together = (text: string) => linkParts(text).map((part) => part.text).join("");

describe("addresses in a message become links", () => {
  it("with and without a scheme", () => {
    expect(links("See https://meridian.example/a?b=c#d or www.meridian.example")).toEqual([
      ["https://meridian.example/a?b=c#d", "https://meridian.example/a?b=c#d"],
      ["www.meridian.example", "https://www.meridian.example/"],
    ]);
  });
  it("of e-mail", () => expect(links("Write to ann.smith+1@mail.meridian.example.")).toEqual([["ann.smith+1@mail.meridian.example", "mailto:ann.smith+1@mail.meridian.example"]]));
  it("without what ends the sentence", () => {
    for (const end of [".", ",", "!", "?", "…", ").", "'", "»"]) expect(links(`(look: https://a.example/x${end}`)[0]?.[0]).toBe("https://a.example/x");
  });
  it("with brackets of their own", () => expect(links("(https://a.example/x_(y))")).toEqual([["https://a.example/x_(y)", "https://a.example/x_(y)"]]));
  it("and nothing else does", () => {
    for (const text of ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "9.30 a.m.", "a@b", "https://", "1.2.3"]) expect(links(text), text).toEqual([]);
  });
  it("which loses no letter", () => {
    for (const text of ["", "a https://a.example/), b\nwww.b.example!", "<b>https://a.example</b>", "x@y.example,z@y.example"]) expect(together(text)).toBe(text);
  });
  it("in a long text without delay for the reader", () => expect(links("a.".repeat(2_000) + "@")).toEqual([]));
});

describe("an address that the server names", () => {
  it("may lie within Parley", () => expect(webAddress("/help/warranty#how-long", "https://parley.example")).toBe("https://parley.example/help/warranty#how-long"));
  it("never runs as a script", () => {
    for (const text of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,<b>", "blob:https://parley.example/1"]) expect(webAddress(text, "https://parley.example")).toBeNull();
  });
});
