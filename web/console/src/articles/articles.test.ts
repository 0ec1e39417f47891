import { describe, expect, it } from "vitest";
import type { ChangeEvent, Groups, ObjectDef, RecordData } from "../api/types";
import { compare, type DiffRow } from "./diff";
import { countReturns, fetchDays, type Day } from "./figures";
import { gapsOf, most } from "./gaps";
import { revisionsOf } from "./revisions";
import { mayWrite, nextSteps, type Status } from "./steps";
import { asMarkdown, draftOf } from "./ticket";
import { countWords } from "./words";

const all = ["submit", "publish", "withdraw", "archive", "restore_revision"];
const offering = (actions: string[], rights = true) => ({ name: "article", actions: actions.map((name) => ({ name, label: name })), rights: { create: rights, update: rights } }) as unknown as ObjectDef;
const article = (status: Status) => ({ id: "a", status }) as unknown as RecordData;
const record = (values: Record<string, unknown>) => values as unknown as RecordData;

describe("steps", () => {
  const to = (object: ObjectDef, status?: Status) => nextSteps(object, status && article(status)).map((step) => step.to);
  it("lead editors from each status to the next", () => {
    const editors = offering(all);
    expect(to(editors, "draft")).toEqual(["review", "published", "archived"]);
    expect(to(editors, "review")).toEqual(["draft", "published", "archived"]);
    expect(to(editors, "published")).toEqual(["draft", "archived"]);
    expect(to(editors, "archived")).toEqual(["draft"]);
    expect(to(editors)).toEqual(["review", "published"]);
  });
  it("lead those who may not publish to review and back", () => {
    const agents = offering(["submit", "withdraw", "restore_revision"]);
    expect(to(agents, "draft")).toEqual(["review"]);
    expect(to(agents, "review")).toEqual(["draft"]);
    expect(to(agents, "published")).toEqual([]);
    expect([mayWrite(agents, article("review")), mayWrite(agents, article("published")), mayWrite(agents)]).toEqual([true, false, true]);
  });
  it("are not offered to those who only read", () => expect(to(offering(all, false), "draft")).toEqual([]));
});

describe("a comparison", () => {
  const drawn = (rows: DiffRow[]) => rows.map((row) => (row.kind === "skipped" ? `… ${row.count}` : `${{ same: " ", added: "+", removed: "-" }[row.kind]}${row.text}`));
  it("shows what was taken away and what was added", () => expect(drawn(compare("one\ntwo\nthree", "one\n2\nthree"))).toEqual([" one", "-two", "+2", " three"]));
  it("does not take a new last line for two changes", () => expect(drawn(compare("one", "one\ntwo"))).toEqual([" one", "+two"]));
  it("leaves out what long stays the same", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    expect(drawn(compare(lines.join("\n"), [...lines.slice(0, 10), "new", ...lines.slice(10)].join("\n")))).toEqual(["… 8", " line 8", " line 9", "+new", " line 10", " line 11", "… 8"]);
  });
  it("of nothing with something is all new", () => expect(drawn(compare("", "one"))).toEqual(["+one"]));
});

describe("revisions", () => {
  const event = (values: Partial<ChangeEvent>) => ({ sequence: 1, record_id: "a", version: 2, kind: "updated", changes: {}, ...values }) as ChangeEvent;
  it("are the events that changed words or status", () => {
    const events = [event({ changes: { body: ["old", "new"], slug: [null, "x"] } }), event({ changes: { language: ["en", "de"] } }), event({ record_id: "other", changes: { body: ["a", "b"] } })];
    expect(revisionsOf(events, "a")).toMatchObject([{ number: 2, changes: [{ field: "body", before: "old", after: "new" }] }]);
  });
  it("begin with nothing", () => expect(revisionsOf([event({ version: 1, kind: "created", changes: { title: [null, "Hello"] } })], "a")[0]?.changes).toEqual([{ field: "title", before: "", after: "Hello" }]));
});

describe("gaps", () => {
  const group = (key: string, count: number, last: string) => ({ keys: [key], labels: [key], values: [count, last] });
  it("stand by how often and then how lately they were asked", () => {
    const { gaps } = gapsOf({ groups: [group("a", 2, "2026-01-01T00:00:00Z"), group("b", 5, "2026-01-01T00:00:00Z"), group("c", 2, "2026-02-01T00:00:00Z")], more: false });
    expect(gaps.map(({ key }) => key)).toEqual(["b", "c", "a"]);
  });
  it("say when there are more than are shown", () => {
    const many = Array.from({ length: most + 9 }, (_, index) => group(String(index), 1, "2026-01-01T00:00:00Z"));
    expect(gapsOf({ groups: many, more: false })).toMatchObject({ more: true, gaps: { length: most } });
  });
});

describe("those who came back", () => {
  const on = (conversation: string, day: string, answered = false): Day => ({ conversation, day, answered });
  it("wrote again within seven days after a day with an answer", () => {
    expect(countReturns([on("a", "2026-01-01", true), on("a", "2026-01-08")])).toEqual({ answered: 1, back: 1 });
    expect(countReturns([on("a", "2026-01-01", true), on("a", "2026-01-09")])).toEqual({ answered: 1, back: 0 });
  });
  it("are not those who wrote before, or whom nothing was answered, or others", () => {
    expect(countReturns([on("a", "2026-01-01"), on("a", "2026-01-02", true), on("b", "2026-01-03")])).toEqual({ answered: 1, back: 0 });
  });
  it("are counted for each day with an answer", () => expect(countReturns([on("a", "2026-01-01", true), on("a", "2026-01-02", true), on("a", "2026-01-03")])).toEqual({ answered: 2, back: 2 }));

  const groups = (...days: string[]): Groups["groups"] => days.map((day) => ({ keys: ["a", day], labels: ["a", day], values: [100] }));
  it("are asked for by halves where there are too many at once", async () => {
    const asked: string[] = [];
    const found = await fetchDays(3, -1, (aggregate) => {
      const text = JSON.stringify(aggregate.filter);
      asked.push(text);
      const whole = text.includes('"relative":-3') && text.includes('"relative":1');
      return Promise.resolve({ groups: whole ? [] : groups(`2026-01-0${asked.length}`), more: whole });
    });
    expect(asked).toHaveLength(3);
    expect(found).toMatchObject({ complete: true, days: [{ day: "2026-01-02", answered: true }, { day: "2026-01-03" }] });
  });
  it("are told to be more where even one day has too many", async () => {
    expect((await fetchDays(1, -1, () => Promise.resolve({ groups: [], more: true }))).complete).toBe(false);
  });
});

describe("an article of a ticket", () => {
  const heads = { question: "Question", answer: "Answer" };
  it("asks what was asked and answers what agents answered", () => {
    const said = [{ author: "customer", direction: "inbound", body: "It says <no>?" }, { author: "agent", direction: "outbound", body: "Press *Save*.\nThen wait." }, { author: "customer", direction: "inbound", body: "Thanks" }];
    expect(draftOf(record({ subject: "No <no>", description: "Transcript" }), said.map(record), "en", heads)).toEqual({
      title: "No <no>", language: "en", status: "draft", body: "## Question\n\nIt says \\<no>?\n\n## Answer\n\nPress \\*Save\\*.\\\nThen wait.",
    });
  });
  it("without a conversation asks what its description asks", () => {
    expect(draftOf(record({ subject: "Printing", description: "How do I print?" }), [], "en", heads).body).toBe("## Question\n\nHow do I print?\n\n## Answer");
  });
  it("takes what looks like Markdown for words", () => expect(asMarkdown("# one\n1. two\n- three\n\n> four")).toBe("\\# one\\\n1\\. two\\\n\\- three\n\n\\> four"));
});

describe("words", () => {
  it("are counted as they are read", () => expect(countWords("## How to\n\nPress [**Save**](https://a.example/b-c) — now!", "en")).toBe(5));
  it("are counted where no spaces part them", () => expect(countWords("我喜欢学习", "zh")).toBeGreaterThan(1));
  it("are counted in languages nobody knows", () => expect(countWords("one two", "no such language")).toBe(2));
});
