import { describe, expect, test } from "vitest";
import type { ChangeEvent } from "../api/types";
import { calling, countText, rings, waitingCount, type Calling } from "./attention";
import { rightsOn } from "./rights";
import { withSeen } from "./seen";
import { heard, nextEnd, nobody, typingLasts, typists, type Presences, type Signal } from "./signals";
import { contents, isTab, stepFrom } from "./tabs";
import { days, lastRead, merge, newest, type Outgoing } from "./transcript";
import type { Message, State } from "./types";
import { conversationOf } from "./useInboxLive";
import { waited } from "./waited";

const conversation = (id: string, state: State, owner_id: string | null, last_sequence: number): Calling => ({ id, state, owner_id, last_sequence });

describe("what calls for somebody", () => {
  test("a waiting conversation calls until somebody has looked at its last message", () => {
    const all = [conversation("a", "queued", null, 4), conversation("b", "offline", null, 2)];
    expect(calling(all, {}, "mia").map((each) => each.id)).toEqual(["a", "b"]);
    expect(calling(all, { a: 4, b: 1 }, "mia").map((each) => each.id)).toEqual(["b"]);
  });

  test("one that was passed to a colleague calls the colleague alone, even if they have read it", () => {
    const all = [conversation("a", "queued", "tom", 4)];
    expect(calling(all, {}, "mia")).toEqual([]);
    expect(calling(all, { a: 4 }, "tom")).toHaveLength(1);
  });

  test("one's own calls when something was said since", () => {
    const all = [conversation("a", "human", "mia", 9), conversation("b", "human", "mia", 3)];
    expect(calling(all, { a: 8, b: 3 }, "mia").map((each) => each.id)).toEqual(["a"]);
  });

  test("what was there when the page opened does not ring", () => {
    expect(rings(undefined, [conversation("a", "queued", null, 1)], {}, "mia")).toBe(false);
  });

  test("a new one rings, and a new message in one's own, but not the same thing twice", () => {
    const before = [conversation("mine", "human", "mia", 3)];
    expect(rings(before, [...before, conversation("new", "queued", null, 5)], { mine: 3 }, "mia")).toBe(true);
    expect(rings(before, [conversation("mine", "human", "mia", 4)], { mine: 3 }, "mia")).toBe(true);
    expect(rings([conversation("mine", "human", "mia", 4)], [conversation("mine", "human", "mia", 4)], { mine: 3 }, "mia")).toBe(false);
  });

  test("what is on the screen does not ring", () => {
    expect(rings([conversation("mine", "human", "mia", 3)], [conversation("mine", "human", "mia", 4)], { mine: 3 }, "mia", "mine")).toBe(false);
  });

  test("the number in the navigation is of those who wait, and ends at 99", () => {
    expect(waitingCount([conversation("a", "queued", null, 1), conversation("b", "human", "mia", 1), conversation("c", "handoff_requested", null, 1)])).toBe(2);
    expect([99, 100].map(countText)).toEqual(["99", "99+"]);
  });

  test("what was looked at stays so when an older message is looked at again", () => {
    expect(withSeen({ a: 5 }, "a", 3)).toEqual({ a: 5 });
    expect(withSeen({ a: 5 }, "b", 3)).toEqual({ a: 5, b: 3 });
  });

  test("of a thousand that were looked at the longest unvisited is forgotten", () => {
    const full = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`c${index}`, 1]));
    const next = withSeen(full, "new", 1);
    expect(Object.keys(next)).toHaveLength(1000);
    expect([next.c0, next.new]).toEqual([undefined, 1]);
  });
});

describe("the list", () => {
  test("whoever waits longest comes first", () => {
    expect(contents.waiting.sort).toEqual([{ field: "queued_at" }]);
    expect(isTab("waiting") && !isTab("elsewhere")).toBe(true);
  });

  test("j and k go through it and stop at its ends", () => {
    expect(stepFrom(["a", "b"], "a", 1)).toBe("b");
    expect(stepFrom(["a", "b"], "b", 1)).toBe("b");
    expect(stepFrom(["a", "b"], "a", -1)).toBe("a");
  });

  test("from nowhere they begin at the end they come from", () => {
    expect(stepFrom(["a", "b"], undefined, 1)).toBe("a");
    expect(stepFrom(["a", "b"], "gone", -1)).toBe("b");
    expect(stepFrom([], undefined, 1)).toBeUndefined();
  });

  test("waiting is told in minutes and seconds, then in hours, then in days", () => {
    const since = "2026-03-01T12:00:00Z";
    const after = (seconds: number) => waited(since, Date.parse(since) + seconds * 1000, "en");
    expect([0, 65, 3599, 3600, 2 * 86_400].map(after)).toEqual(["0:00", "1:05", "59:59", "1 hr", "2 days"]);
    expect(after(-5)).toBe("0:00");
  });
});

describe("what can be done", () => {
  const able = (state: State, owner_id: string | null) => Object.entries(rightsOn({ state, owner_id }, "mia")).filter(([, may]) => may).map(([act]) => act).join(" ");

  test("whoever waits or talks to the bot can be taken", () => {
    expect(able("queued", null)).toBe("take solve reply transfer giveBack");
    expect(able("bot", null)).toBe("take reply transfer");
  });

  test("a colleague's conversation is theirs, but can be passed on", () => {
    expect(able("human", "tom")).toBe("transfer");
    expect(able("human", "mia")).toBe("solve reply transfer giveBack");
  });

  test("what is over is opened by an answer", () => {
    expect(able("resolved", "mia")).toBe("reply giveBack");
  });
});

describe("live changes", () => {
  const event = (change: Partial<ChangeEvent>): ChangeEvent => ({ sequence: 1, at: "", by: { kind: "user" }, via: "console", kind: "created", object: "task", record_id: "r", ...change });

  test("a change belongs to the conversation it is of, is told to be in, or begins to refer to", () => {
    expect(conversationOf(event({ object: "conversation" }))).toBe("r");
    expect(conversationOf(event({ object: "message", conversation: "c" }))).toBe("c");
    expect(conversationOf(event({ object: "message", changes: { conversation_id: [null, "d"] } }))).toBe("d");
    expect(conversationOf(event({ object: "deal" }))).toBeNull();
  });
});

const message = (sequence: number, values: Partial<Message> = {}): Message => ({
  id: `m${sequence}`, name: null, version: 1, sequence, direction: "inbound", author: "customer", user_id: null, body: `text ${sequence}`, content: null, client_id: null,
  created_at: `2026-03-01T12:00:${String(sequence).padStart(2, "0")}Z`, ...values,
});
const outgoing = (clientId: string): Outgoing => ({ clientId, mode: "reply", text: "On my way", attachments: [], at: "2026-03-01T12:01:00Z" });

describe("the transcript", () => {
  test("pages that overlap are one row of messages in order", () => {
    expect(merge([message(3), message(2), message(2), message(1)], [], "Mia").map((said) => said.sequence)).toEqual([1, 2, 3]);
  });

  test("a message on its way stands last, and once only when it has arrived", () => {
    expect(merge([message(1)], [outgoing("x")], "Mia").map((said) => said.body)).toEqual(["text 1", "On my way"]);
    const arrived = merge([message(1), message(2, { author: "agent", direction: "outbound", client_id: "x" })], [outgoing("x")], "Mia");
    expect(arrived.map((said) => [said.key, said.outgoing])).toEqual([["m1", undefined], ["x", undefined]]);
  });

  test("a message of files only shows no text", () => {
    const [said] = merge([message(1, { body: "📎", content: { attachments: [{ id: "f", name: "a.png" }] } })], [], "Mia");
    expect([said?.body, said?.attachments.length]).toEqual(["", 1]);
  });

  test("what one person says within minutes stands together, notes apart from answers", () => {
    const agent = { author: "agent", direction: "outbound", user_id: "mia", _names: { user_id: "Mia" } } as const;
    const said = merge([message(1), message(2), message(3, agent), message(4, { ...agent, direction: "internal" }), message(5, { ...agent, created_at: "2026-03-01T12:30:00Z" })], [], "Mia");
    const [day] = days(said, (at) => at.slice(0, 10));
    expect(day?.blocks.map((block) => [block.author, block.internal, block.said.length])).toEqual([["customer", false, 2], ["agent", false, 1], ["agent", true, 1], ["agent", false, 1]]);
  });

  test("every day begins anew", () => {
    const said = merge([message(1), message(2, { created_at: "2026-03-02T00:00:01Z" })], [], "Mia");
    expect(days(said, (at) => at.slice(0, 10)).map((day) => day.day)).toEqual(["2026-03-01", "2026-03-02"]);
  });

  test("the last of one's own that the customer has read is marked, never a note", () => {
    const said = merge([message(1, { author: "agent", direction: "outbound" }), message(2, { author: "agent", direction: "internal" }), message(3, { author: "agent", direction: "outbound" })], [], "Mia");
    expect([lastRead(said, 2), lastRead(said, 3), lastRead(said, 0)]).toEqual(["m1", "m3", undefined]);
    expect(newest(said)).toBe(3);
  });
});

describe("signals", () => {
  const listen = (signals: Partial<Signal>[], at = 1000): Presences => signals.reduce<Presences>((all, signal) => heard(all, { conversation: "c", from: "customer", ...signal }, at), new Map());
  const one = (all: Presences) => all.get("c") ?? nobody;

  test("typing ends by itself when it is not said again", () => {
    const all = listen([{ typing: true }]);
    expect(typists(one(all), 1000, "Mia").customer).toBe(true);
    expect(nextEnd(all, 1000)).toBe(1000 + typingLasts);
    expect(typists(one(all), 1000 + typingLasts, "Mia").customer).toBe(false);
  });

  test("typing ends when the customer stops or leaves", () => {
    expect(typists(one(listen([{ typing: true }, { typing: false }])), 1000, "Mia").customer).toBe(false);
    expect(typists(one(listen([{ typing: true }, { there: false }])), 1000, "Mia").customer).toBe(false);
  });

  test("colleagues who type are told by name, oneself not", () => {
    const all = listen([{ from: "agent", name: "Mia", typing: true }, { from: "agent", name: "Tom", typing: true }]);
    expect(typists(one(all), 1000, "Mia").agents).toEqual(["Tom"]);
  });

  test("nobody is said to have left before it is told, and whoever types is there", () => {
    expect(nobody.there).toBeUndefined();
    expect(one(listen([{ there: false }])).there).toBe(false);
    expect(one(listen([{ there: false }, { typing: true }])).there).toBe(true);
    expect(one(listen([{ there: false }, { typing: false }])).there).toBe(false);
  });

  test("what was read stays read", () => {
    expect(one(listen([{ read: 7 }, { read: 5 }])).read).toBe(7);
  });
});
