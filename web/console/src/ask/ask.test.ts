import { describe, expect, it } from "vitest";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { makeFormat } from "../values/format";
import { changesOf } from "./changes";
import { axisText, barsOf, categoriesOf, pictureAddress, withFigure } from "./chart";
import { barsNow, barsThen, figureText } from "./figures";
import { tellingFields } from "./telling";
import { askedTexts, canUndo, fromTurn, isOpen, wordsOf, type Exchange } from "./turns";
import type { Answer, Approval, Chart } from "./types";

const field = (name: string, type: Field["type"], more: Partial<Field> = {}): Field => ({ name, label: name.toUpperCase(), type, ...more });
const deal = {
  name: "deal", label: "Deal", plural: "deals", plural_label: "Deals",
  fields: [field("name", "text"), field("amount", "money"), field("stage_id", "reference", { references: "stage" }), field("close_date", "date"), field("industry", "select", { options: [{ key: "retail", label: "Retail" }] })],
} as ObjectDef;
const tools = { format: makeFormat("en-US", "UTC"), t: (key: string) => key, currency: "USD", none: "(none)" };
const t = (key: string, params?: Record<string, string | number>) => (params ? `${key} ${Object.values(params).join(" ")}` : key);
const answer = (more: Partial<Answer>): Answer => ({ conversation: "c", turn: 1, kind: "talk", understood: "", confidence: 1, ...more });
const exchange = (more: Partial<Exchange>): Exchange => ({ key: crypto.randomUUID(), said: "x", ...more });

describe("a conversation", () => {
  it("shows a pressed button by its name and takes the place of a turn from the history", () => {
    const shown = fromTurn({ turn: 7, heard: "[undo]", answer: answer({ turn: 0 }), at: "", settled: true }, t);
    expect([shown.said, shown.answer?.turn, shown.settled, shown.again]).toEqual(["pressed.undo", 7, true, undefined]);
  });
  it("leaves a text in brackets that is no button", () => {
    expect(fromTurn({ turn: 1, heard: "[deals]", answer: answer({}), at: "", settled: false }, t).said).toBe("[deals]");
  });
  it("tells a choice by its name and a condition by its words", () => {
    const asked = answer({ choices: [{ object: "contact", id: "1", name: "Jo" }], conditions: ["open"] });
    expect([wordsOf({ choose: "1" }, asked, t), wordsOf({ without: 0 }, asked, t), wordsOf("cancel", asked, t)]).toEqual(["Jo", "pressed.withoutThis open", "pressed.cancel"]);
  });
  it("says of a colleague's request what was decided", () => {
    const asked = answer({ approval: { id: "1" } as Approval });
    expect([wordsOf("confirm", asked, t), wordsOf({ decline: "too early" }, asked, t), wordsOf({ decline: "" }, asked, t), wordsOf({ withdraw: "1" }, answer({}), t)])
      .toEqual(["pressed.approve", "pressed.decline: too early", "pressed.decline", "pressed.withdraw"]);
    expect(fromTurn({ turn: 3, heard: "[ask_approval]", answer: answer({}), at: "", settled: true }, t).said).toBe("pressed.ask_approval");
  });
  it("tells a taken offer by its words", () => {
    const asked = answer({ offers: ["Tuesday, 2018-01-02 09:00"] });
    expect([wordsOf({ take: 0 }, asked, t), wordsOf({ take: 1 }, asked, t)]).toEqual(["Tuesday, 2018-01-02 09:00", "pressed.take"]);
  });
  it("waits for an answer to its last turn only, until it is given", () => {
    const both = [exchange({}), exchange({})];
    expect([isOpen(both, 0), isOpen(both, 1), isOpen([exchange({ settled: true })], 0)]).toEqual([false, true, false]);
  });
  it("still waits for an answer when only the bot has said something since", () => {
    const since = [exchange({}), exchange({ byItself: true })];
    expect([isOpen(since, 0), isOpen([...since, exchange({})], 0)]).toEqual([true, false]);
    const told = fromTurn({ turn: 2, heard: "drink", answer: answer({}), at: "", settled: false, by_itself: true }, t);
    expect([told.byItself, told.again]).toEqual([true, undefined]);
  });
  it("offers to take back the last change alone, once", () => {
    const done = () => exchange({ answer: answer({ kind: "done", can_undo: true }) });
    expect(canUndo([done(), exchange({ undoes: true })], 0)).toBe(false);
    expect([canUndo([done(), done()], 0), canUndo([done(), done()], 1), canUndo([done(), exchange({ answer: answer({}) })], 0), canUndo([{ ...done(), settled: true }], 0)]).toEqual([false, true, true, false]);
  });
  it("brings back texts, the last first, and no buttons", () => {
    expect(askedTexts([exchange({ again: { text: "a" } }), exchange({ again: { turn: 1, button: "undo" } }), exchange({ again: { text: "b" } })])).toEqual(["b", "a"]);
  });
});

describe("figures", () => {
  const sum = { object: "deal", measures: [{ measure: "sum", field: "amount" }], group: [{ field: "stage" }, { field: "close_date", by: "month" }] };
  it("are written as what was measured", () => {
    expect(figureText(2360.91, { object: "deal", measures: [{ measure: "avg", field: "amount" }] }, deal, tools)).toBe("$2,360.91");
    expect(figureText(42, { object: "deal", measures: [{ measure: "count" }] }, deal, tools)).toBe("42");
    expect(figureText(63.15005, { object: "deal", measures: [{ measure: "ratio" }] }, deal, tools)).toBe("63.15%");
    expect(figureText(null, sum, deal, tools)).toBe("–");
  });
  it("of groups read the same as the bot told them and as they are now", () => {
    const then = barsThen(answer({ labels: ["Won · 2026-01"], groups: { "Won · 2026-01": 428 }, query: sum }), deal, tools);
    const now = barsNow({ more: false, groups: [{ keys: ["1", "2026-01-01"], labels: ["Won", "2026-01"], values: [{ amount: "428.00", currency: "USD" }] }] }, sum, deal, tools);
    for (const [bar] of [then, now]) expect([bar?.label, bar?.value, bar?.text]).toEqual(["Won · Jan 2026", 428, "$428.00"]);
  });
});

describe("a proposal", () => {
  const record = { id: "1", name: "Plusstrip", version: 1, industry: "retail", stage_id: "s", _names: { stage_id: "Engaging" } } as RecordData;
  it("shows each field as it is and as it would be, references by their names", () => {
    const changes = changesOf(answer({ action: "update", values: { stage: "Won", industry: "software", amount: 5000 } }), deal, record, tools);
    expect(changes.map(({ label, before, after }) => [label, before, after])).toEqual([["STAGE_ID", "Engaging", "Won"], ["INDUSTRY", "Retail", "software"], ["AMOUNT", "", "$5,000.00"]]);
  });
  it("names all of several colleagues", () => {
    const meeting = { ...deal, name: "meeting", fields: [field("user_ids", "references", { references: "user" })] };
    const told = answer({ action: "create", object: "meeting", values: { user_ids: "Mia Maier, Otto Ohm" } });
    expect(changesOf(told, meeting, undefined, tools).map(({ label, after }) => [label, after])).toEqual([["USER_IDS", "Mia Maier, Otto Ohm"]]);
  });
  it("does not repeat the name that is made of other values", () => {
    expect(changesOf(answer({ action: "create", values: { subject: "call Jane", name: "call Jane" } }), deal, undefined, tools).map(({ name }) => name)).toEqual(["subject"]);
  });
});

describe("the columns of an answer", () => {
  const records = [{ id: "1", name: "A", version: 1, amount: { amount: "1", currency: "USD" }, close_date: "2026-01-01", industry: "retail", stage_id: "s", _names: {} }] as RecordData[];
  it("begin with what it was sorted by, and leave out what is the same for all", () => {
    const asked = { object: "deal", sort: [{ field: "close_date" }], filter: { and: [{ field: "industry", op: "eq", value: "retail" }, { field: "stage", op: "eq", value: "s" }] } } as never;
    expect(tellingFields(deal, records, asked).map(({ name }) => name)).toEqual(["close_date", "amount"]);
  });
  it("hold no references whose names are not known yet", () => {
    const { _names, ...bare } = records[0] ?? {};
    expect(_names).toBeDefined();
    expect(tellingFields(deal, [bare as RecordData], undefined, 9).map(({ type }) => type)).not.toContain("reference");
  });
});

describe("a chart", () => {
  const chart: Chart = {
    kind: "line", title: "Deals", category: "month", measure: "sum", unit: { money: "USD" }, text: "", categories: ["2026-01", "2026-02"],
    series: [{ name: "sum", values: [1200, null], shown: ["1,200 USD", "–"] }],
  };
  it("of times calls them as the reader's language does", () => {
    expect(categoriesOf(chart, "de")).toEqual(["Jan. 2026", "Feb. 2026"]);
    expect(categoriesOf({ ...chart, kind: "bar", categories: ["2026"] }, "de")).toEqual(["2026"]);
  });
  it("has bars with the figures that the server wrote, and none where there is no figure", () => {
    expect(barsOf(chart, "en").map(({ label, value, text }) => [label, value, text])).toEqual([["Jan 2026", 1200, "1,200 USD"], ["Feb 2026", null, "–"]]);
  });
  it("has short figures beside its axis, in their unit", () => {
    const { format } = tools;
    expect([axisText(1_500_000, { money: "USD" }, format), axisText(2500, "number", format), axisText(40, "percent", format)]).toEqual(["$1.5M", "2.5K", "40%"]);
  });
  it("says beside a pie how much each part is", () => {
    expect([withFigure(chart, "Won", 0), withFigure(chart, "Lost", 5)]).toEqual(["Won: 1,200 USD", "Lost: –"]);
  });
  it("is a picture on the ground of the page", () => {
    expect(pictureAddress("c", 3, "dark")).toBe("/api/v1/ask/conversations/c/turns/3/chart.png?theme=dark");
  });
});
