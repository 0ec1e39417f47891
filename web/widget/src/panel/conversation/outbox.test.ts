import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Lasting, Refusal, Say } from "../protocol";
import { keepFor, type Keep } from "./keep";
import { Outbox } from "./outbox";

const words = (text: string): Say => ({ type: "say", id: `id of ${text}`, text, attachments: [], choice: null });
const refusal = (retry_after: number | null): Refusal => ({ code: "rate_limited", title: "Too fast", detail: null, hint: null, retry_after });

/** A page with its outbox; `sent` is what went over its wire. */
async function page(keep: Keep) {
  const sent: string[] = [];
  const stuck = vi.fn();
  const send = (frame: Lasting) => {
    sent.push((frame as Say).text);
    return true;
  };
  const outbox = new Outbox(keep, { last: () => 0, send, stuck, changed: () => undefined });
  await outbox.load();
  return { outbox, sent, stuck };
}

let databases = 0;
let keep: Keep;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  keep = keepFor(`test ${(databases += 1)}`);
});
afterEach(() => vi.useRealTimers());

describe("what is said while there is no connection", () => {
  it("is sent when there is one, in order, each after the one before was stored", async () => {
    const { outbox, sent } = await page(keep);
    for (const text of ["one", "two", "three"]) outbox.add(words(text));
    expect(sent).toEqual([]);
    outbox.online();
    expect(sent).toEqual(["one"]);
    outbox.accepted("id of one");
    outbox.accepted("id of two");
    expect(sent).toEqual(["one", "two", "three"]);
  });

  it("outlives the page", async () => {
    const before = await page(keep);
    before.outbox.add(words("one"));
    before.outbox.add(words("two"));
    const after = await page(keep);
    after.outbox.online();
    after.outbox.accepted("id of one");
    expect(after.sent).toEqual(["one", "two"]);
  });

  it("is not sent by a later page once it was stored", async () => {
    const before = await page(keep);
    before.outbox.add(words("one"));
    before.outbox.online();
    before.outbox.accepted("id of one");
    const after = await page(keep);
    after.outbox.online();
    expect(after.sent).toEqual([]);
  });

  it("comes before what a later page says", async () => {
    (await page(keep)).outbox.add(words("first"));
    const later = await page(keep);
    later.outbox.add(words("second"));
    later.outbox.online();
    later.outbox.accepted("id of first");
    expect(later.sent).toEqual(["first", "second"]);
  });
});

describe("when the confirmation is missing", () => {
  it("the same message is sent again on the next connection, with the same id", async () => {
    const { outbox, sent } = await page(keep);
    outbox.online();
    outbox.add(words("one"));
    outbox.offline();
    outbox.online();
    expect(sent).toEqual(["one", "one"]);
    expect(outbox.items.map(({ id }) => id)).toEqual(["id of one"]);
  });
  it("for long, the connection is given up", async () => {
    const { outbox, stuck } = await page(keep);
    outbox.online();
    outbox.add(words("one"));
    vi.advanceTimersByTime(21_000);
    expect(stuck).toHaveBeenCalledOnce();
  });
  it("nothing is given up when it came in time", async () => {
    const { outbox, stuck } = await page(keep);
    outbox.online();
    outbox.add(words("one"));
    outbox.accepted("id of one");
    vi.advanceTimersByTime(60_000);
    expect(stuck).not.toHaveBeenCalled();
  });
});

describe("when the server asks for patience", () => {
  it("the message and those behind it wait so long", async () => {
    const { outbox, sent } = await page(keep);
    outbox.online();
    outbox.add(words("one"));
    outbox.refused("id of one", refusal(5));
    outbox.add(words("two"));
    vi.advanceTimersByTime(4_900);
    expect(sent).toEqual(["one"]);
    vi.advanceTimersByTime(200);
    expect(sent).toEqual(["one", "one"]);
  });
  it("a new connection does not cut it short", async () => {
    const { outbox, sent } = await page(keep);
    outbox.online();
    outbox.add(words("one"));
    outbox.refused("id of one", refusal(5));
    outbox.offline();
    outbox.online();
    expect(sent).toEqual(["one"]);
    vi.advanceTimersByTime(5_100);
    expect(sent).toEqual(["one", "one"]);
  });
});

describe("what the server does not take", () => {
  it("waits for the person, and holds up nothing", async () => {
    const { outbox, sent } = await page(keep);
    outbox.online();
    outbox.add(words("one"));
    outbox.add(words("two"));
    outbox.refused("id of one", refusal(null));
    expect(sent).toEqual(["one", "two"]);
    expect(outbox.items[0]?.refusal?.title).toBe("Too fast");
  });
  it("is still there, with the reason, on a later page", async () => {
    const before = await page(keep);
    before.outbox.online();
    before.outbox.add(words("one"));
    before.outbox.refused("id of one", refusal(null));
    const after = await page(keep);
    after.outbox.online();
    expect(after.sent).toEqual([]);
    expect(after.outbox.items[0]?.refusal?.title).toBe("Too fast");
  });
  it("is sent again when the person says so", async () => {
    const { outbox, sent } = await page(keep);
    outbox.online();
    outbox.add(words("one"));
    outbox.refused("id of one", refusal(null));
    outbox.retry("id of one");
    expect(sent).toEqual(["one", "one"]);
  });
});

it("without a database messages are sent all the same", async () => {
  vi.stubGlobal("indexedDB", undefined);
  const { outbox, sent } = await page(keepFor("forbidden"));
  vi.unstubAllGlobals();
  outbox.online();
  outbox.add(words("one"));
  expect(sent).toEqual(["one"]);
});

it("notes outlive the page until all is forgotten", async () => {
  keep.setNote("muted", true);
  expect(await keep.note("muted")).toBe(true);
  await keep.clear();
  expect(await keep.note("muted")).toBeUndefined();
});
