import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Heard, OpenWay } from "./connection/way";
import type { Keep } from "./conversation/keep";
import type { ClientFrame, Conversation, Hello, Message, Ready } from "./protocol";
import { Session } from "./session";

const forgetful: Keep = { outgoing: () => Promise.resolve([]), put: () => undefined, remove: () => undefined, note: () => Promise.resolve(undefined), setNote: () => undefined, draft: () => "", setDraft: () => undefined, clear: () => Promise.resolve() };
const conversation = (more: Partial<Conversation> = {}): Conversation => ({ id: "c1", state: "bot", agent: null, ticket: null, rated: null, ...more });
const bot = { kind: "bot", name: "Bot", picture: null } as const;
const message = (sequence: number, more: Partial<Message> = {}): Message => ({
  sequence, id: `m${sequence}`, client_id: null, at: "2026-01-01T00:00:00Z", author: bot, text: `text ${sequence}`,
  attachments: [], citation: null, choices: [], form: null, chosen: null, ...more,
});
const ready = (messages: Message[], more: Partial<Ready> = {}): Ready => ({
  type: "ready", token: "pv_1", widget: { name: "A", colour: "#000000", welcome: "" }, visitor: { name: null, email: null, verified: false },
  conversation: conversation(), messages, agent_read: 0, limits: { text: 100, file_bytes: 1, file_types: [] }, ...more,
});

/** A session whose server is the test. */
async function session(token: string | null = "pv_1") {
  const hellos: Hello[] = [];
  const sent: ClientFrame[] = [];
  let heard: Heard | null = null;
  const way: OpenWay = (hello, listener) => {
    hellos.push(hello());
    heard = listener;
    return { send: (frame) => sent.push(frame), probe: () => undefined, close: () => undefined };
  };
  const around = { changed: () => undefined, token: vi.fn(), colour: () => undefined, unread: vi.fn(), news: vi.fn() };
  const made = new Session({ widget: "w", language: "en", page: "https://a.example", token, identity: null }, { socket: way, exchange: way }, forgetful, around);
  await made.start();
  return {
    made, hellos, sent, around,
    hears: (...frames: Parameters<Heard["frame"]>[0][]) => frames.forEach((frame) => heard?.frame(frame)),
    texts: () => made.entries().map(({ text }) => text),
    /** The id that the panel gave to what was said last. */
    said: () => sent.findLast((frame) => frame.type === "say")?.id ?? "",
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("messages", () => {
  it("are shown once, however often they come", async () => {
    const { hears, texts } = await session();
    hears(ready([message(1)]), { type: "message", message: message(2) }, { type: "message", message: message(2) });
    expect(texts()).toEqual(["text 1", "text 2"]);
  });
  it("with one missing make the panel greet anew, from before the hole", async () => {
    const { hears, hellos, texts } = await session();
    hears(ready([message(1)]), { type: "message", message: message(3) });
    expect(texts()).toEqual(["text 1"]);
    vi.advanceTimersByTime(500);
    expect(hellos.map(({ after }) => after)).toEqual([0, 1]);
    hears(ready([message(2), message(3)]));
    expect(texts()).toEqual(["text 1", "text 2", "text 3"]);
  });
  it("of the visitor's own stay the same entry from waiting to read", async () => {
    const { made, hears, said } = await session();
    hears(ready([]));
    made.say("Hello");
    const [key] = made.entries().map((entry) => entry.key);
    const state = () => made.entries().map((entry) => [entry.key, entry.delivery]);
    expect(state()).toEqual([[key, "waiting"]]);
    hears({ type: "accepted", id: said(), sequence: 1 });
    expect(state()).toEqual([[key, "sent"]]);
    hears({ type: "message", message: message(1, { client_id: said(), author: { kind: "visitor", name: null, picture: null }, text: "Hello" }) });
    expect(state()).toEqual([[key, "sent"]]);
    hears({ type: "read", sequence: 1 });
    expect(state()).toEqual([[key, "read"]]);
  });
  it("that were refused stay where they were said", async () => {
    const { made, hears, said, texts } = await session();
    hears(ready([message(1)]));
    made.say("Too long");
    hears({ type: "refused", id: said(), code: "too_long", title: "Too long", detail: null, hint: null, retry_after: null }, { type: "message", message: message(2) });
    expect(texts()).toEqual(["text 1", "Too long", "text 2"]);
  });
});

describe("a choice", () => {
  const asking = message(2, { choices: [{ label: "Yes", value: "helpful:yes" }] });
  const live = (made: Session) => made.entries().map((entry) => entry.live);
  it("can be made on the bot's last message only", async () => {
    const { made, hears } = await session();
    hears(ready([message(1, { choices: [{ label: "Old", value: "old" }] }), asking]));
    expect(live(made)).toEqual([false, true]);
    hears({ type: "message", message: message(3) });
    expect(live(made)).toEqual([false, false, true]);
  });
  it("is made once, also while there is no connection", async () => {
    const { made, hears } = await session();
    hears(ready([message(1), asking]));
    made.say("Yes", [], { message: 2, value: "helpful:yes" });
    expect(live(made)[1]).toBe(false);
  });
});

describe("a form", () => {
  const asking = message(1, { form: { kind: "details", fields: ["email"] } });
  it("is gone once it was filled in, and comes back when that was refused", async () => {
    const { made, hears, sent } = await session();
    hears(ready([asking]));
    made.giveDetails(1, { name: null, email: "a@b.example" });
    expect(made.entries()[0]?.live).toBe(false);
    const id = sent.find((frame) => frame.type === "details")?.id ?? "";
    hears({ type: "refused", id, code: "invalid", title: "No such address", detail: null, hint: null, retry_after: null });
    expect(made.entries()[0]?.live).toBe(true);
    made.outbox.retry(id);
    hears({ type: "accepted", id, sequence: 1 });
    expect(made.entries()[0]?.live).toBe(false);
  });
});

it("a rating is asked for below what the agent said last, when the conversation is over", async () => {
  const { made, hears } = await session();
  const agent = { kind: "agent" as const, name: "Mia", picture: null };
  hears(ready([message(1, { author: agent }), message(2, { author: agent })]));
  expect(made.entries().map(({ rating }) => rating)).toEqual([null, null]);
  hears({ type: "state", conversation: { ...conversation(), state: "resolved" } });
  expect(made.entries().map(({ rating }) => rating)).toEqual([null, "ask"]);
  made.rate(4, null);
  expect(made.entries().map(({ rating }) => rating)).toEqual([null, 4]);
});

describe("who the visitor is", () => {
  it("is kept as the server said last", async () => {
    const { hears, around, made } = await session(null);
    hears(ready([]));
    expect(around.token).toHaveBeenCalledWith("pv_1");
    expect(made.caller.token).toBe("pv_1");
  });
  it("nothing of somebody else's stays on the screen", async () => {
    const { made, hears, hellos, texts } = await session();
    hears(ready([message(1), message(2)]));
    made.identify("jwt");
    hears(ready([message(3)], { token: "pv_2" }));
    expect(texts()).toEqual([]);
    expect(hellos.slice(1)).toMatchObject([{ token: "pv_1", identity: "jwt" }, { token: "pv_2", identity: null, after: 0 }]);
    hears(ready([message(1, { text: "mine" })], { token: "pv_2" }));
    expect(texts()).toEqual(["mine"]);
  });
});

it("who has signed in is proved once: the proof may have expired when the connection is lost", async () => {
  const { made, hears, hellos } = await session();
  hears(ready([]));
  made.identify("jwt");
  made.nudge();
  hears(ready([]));
  made.identify("jwt");
  made.connect();
  expect(hellos.map(({ identity }) => identity)).toEqual([null, "jwt", null]);
});

describe("what is unread", () => {
  it("is what came after the visitor's last word while nobody looked", async () => {
    const { hears, around } = await session();
    hears(ready([message(1), message(2, { author: { kind: "visitor", name: null, picture: null } }), message(3), message(4)]));
    expect(around.unread).toHaveBeenLastCalledWith(2);
  });
  it("is told to be read when somebody looks", async () => {
    const { made, hears, around, sent } = await session();
    hears(ready([message(1)]));
    made.seen(true);
    expect(around.unread).toHaveBeenLastCalledWith(0);
    expect(sent).toEqual([{ type: "read", sequence: 1 }]);
    made.seen(false);
    hears({ type: "message", message: message(2) });
    expect(around.unread).toHaveBeenLastCalledWith(1);
  });
});

describe("typing", () => {
  it("of the visitor is told at most every three seconds, and once when it ends", async () => {
    const { made, hears, sent } = await session();
    hears(ready([]));
    for (const text of ["H", "He", "Hel"]) made.ownTyping.typed(text);
    vi.advanceTimersByTime(3_000);
    made.ownTyping.typed("Hell");
    made.ownTyping.typed("");
    made.ownTyping.typed("");
    expect(sent).toEqual([true, true, false].map((on) => ({ type: "typing", on })));
  });
  it("of others ends by itself", async () => {
    const { made, hears } = await session();
    hears(ready([]), { type: "typing", on: true, author: bot });
    expect(made.typing.author).toEqual(bot);
    vi.advanceTimersByTime(6_000);
    expect(made.typing.author).toBeNull();
  });
});
