import { describe, expect, it } from "vitest";
import { apply, block, bullets, code, enter, fileMark, heading, link, numbers, table, wrap, type Edit, type Selection } from "./edits";

/** A text with its selection between bars: "one |two| three"; a single bar is the caret. */
function at(marked: string): Selection {
  const start = marked.indexOf("|");
  const rest = marked.slice(0, start) + marked.slice(start + 1);
  const end = rest.indexOf("|", start);
  return end === -1 ? { text: rest, start, end: start } : { text: rest.slice(0, end) + rest.slice(end + 1), start, end };
}
const marked = ({ text, start, end }: Selection) => (start === end ? `${text.slice(0, start)}|${text.slice(start)}` : `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`);
const after = (text: string, edit: (selection: Selection) => Edit) => marked(apply(at(text), edit(at(text))));
const bold = (selection: Selection) => wrap(selection, "**", "bold text");
const italic = (selection: Selection) => wrap(selection, "*", "italic text");

describe("marks around words", () => {
  it("are put around what is selected, and taken away again", () => {
    expect(after("press |Save| now", bold)).toBe("press **|Save|** now");
    expect(after("press **|Save|** now", bold)).toBe("press |Save| now");
    expect(after("press |**Save**| now", bold)).toBe("press |Save| now");
  });
  it("wait for words where nothing is selected", () => expect(after("press |", bold)).toBe("press **|bold text|**"));
  it("leave spaces outside, where they would not count", () => expect(after("press| Save |now", bold)).toBe("press **|Save|** now"));
  it("of italics are not mistaken for half of bold", () => {
    expect(after("**|Save|**", italic)).toBe("***|Save|***");
    expect(after("*|Save|*", italic)).toBe("|Save|");
    expect(after("***|Save|***", italic)).toBe("**|Save|**");
  });
});

describe("lines", () => {
  it("become a list and cease to be one", () => {
    expect(after("|one\ntwo|", bullets)).toBe("|- one\n- two|");
    expect(after("|- one\n- two|", bullets)).toBe("|one\ntwo|");
  });
  it("are counted", () => expect(after("|one\ntwo|\nthree", numbers)).toBe("|1. one\n2. two|\nthree"));
  it("go through the levels of headings and back", () => {
    expect(after("How| it works", heading)).toBe("## How it works|");
    expect(after("## How it works|", heading)).toBe("### How it works|");
    expect(after("### How it works|", heading)).toBe("How it works|");
  });
});

describe("pieces", () => {
  it("a link waits for its address", () => expect(after("see |the guide|", (s) => link(s, "text"))).toBe("see [the guide](|https://|)"));
  it("an address waits for its words", () => expect(after("see |https://a.example|", (s) => link(s, "text"))).toBe("see [|text|](https://a.example)"));
  it("code of several lines is fenced, longer than any fence within", () => {
    expect(after("|a\nb|", (s) => code(s, "code"))).toBe("```\n|a\nb|\n```");
    expect(after("|```\nb|", (s) => code(s, "code"))).toContain("````\n");
    expect(after("run |make|", (s) => code(s, "code"))).toBe("run `|make|`");
  });
  it("a table stands apart, with its first head to be typed over", () => expect(after("Prices:|", (s) => table(s, "Column"))).toBe("Prices:\n\n| |Column 1| | Column 2 |\n| --- | --- |\n|  |  |"));
  it("a picture stands apart and keeps brackets of its name", () => {
    expect(after("a|b", (s) => block(s, fileMark("x[1].png", "/api/v1/files/7", true)))).toBe("a\n\n![x\\[1\\].png](/api/v1/files/7)|\n\nb");
  });
});

describe("Enter", () => {
  const pressed = (text: string) => { const edit = enter(at(text)); return edit && marked(apply(at(text), edit)); };
  it("goes on with a list", () => {
    expect(pressed("- one|")).toBe("- one\n- |");
    expect(pressed("  9. nine|")).toBe("  9. nine\n  10. |");
    expect(pressed("- [x] done|")).toBe("- [x] done\n- [ ] |");
  });
  it("ends the list at an empty item", () => expect(pressed("- one\n- |")).toBe("- one\n|"));
  it("is left alone elsewhere", () => {
    expect(pressed("one|")).toBeNull();
    expect(pressed("- |one|")).toBeNull();
  });
});
