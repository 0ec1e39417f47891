import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Hello, Ready, ServerFrame } from "../protocol";
import { exchangeWith } from "./exchange";

const hello: Hello = { type: "hello", widget: "w", token: "pv_1", identity: null, page: "https://a.example", language: "en", after: 3 };

const ready = (token: string): Ready => ({
  type: "ready", token, widget: { name: "A", colour: "#000000", welcome: "" }, visitor: { name: null, email: null, verified: false },
  conversation: null, messages: [], agent_read: 0, limits: { text: 1, file_bytes: 1, file_types: [] },
});

interface Asked {
  hello: Hello;
  frames: unknown[];
  wait: number;
  answer: (...frames: ServerFrame[]) => Promise<void>;
  fail: (status: number, problem?: object) => Promise<void>;
  aborted: () => boolean;
}

/** An open way round; `asked` are the requests, which the test answers. */
function wayRound() {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (_: string, { body, signal }: { body: string; signal: AbortSignal }) => new Promise<Response>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")));
    const settle = async (answer: Response) => {
      resolve(answer);
      await vi.advanceTimersByTimeAsync(0);
    };
    asked.push({
      ...(JSON.parse(body) as Pick<Asked, "hello" | "frames" | "wait">),
      answer: (...frames) => settle(Response.json({ frames })),
      fail: (status, problem = {}) => settle(Response.json(problem, { status })),
      aborted: () => signal.aborted,
    });
  }));
  const heard: ServerFrame[] = [];
  let token: string | null = null;
  const lost = vi.fn();
  const way = exchangeWith("https://parley.example/exchange")(() => ({ ...hello, token }), {
    frame: (frame) => {
      heard.push(frame);
      if (frame.type === "ready") ({ token } = frame);
    },
    lost,
  });
  const request = (index: number) => {
    const found = asked[index];
    if (!found) throw new Error(`request ${index} was not made`);
    return found;
  };
  return { way, asked, heard, lost, request };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("without a socket", () => {
  it("the greeting goes first and alone, then one request waits for news", async () => {
    const { asked, request, heard } = wayRound();
    expect(asked).toMatchObject([{ hello: { after: 3 }, frames: [], wait: 0 }]);
    await request(0).answer({ type: "read", sequence: 1 });
    expect(request(1)).toMatchObject({ frames: [], wait: 25 });
    await request(1).answer({ type: "read", sequence: 2 });
    expect(heard).toEqual([1, 2].map((sequence) => ({ type: "read", sequence })));
    expect(asked).toHaveLength(3);
  });
  it("what is said does not wait for news", async () => {
    const { way, request } = wayRound();
    await request(0).answer();
    way.send({ type: "typing", on: true });
    expect(request(2)).toMatchObject({ frames: [{ type: "typing", on: true }], wait: 0 });
  });
  it("what is said meanwhile goes in the next request, in order", async () => {
    const { way, request } = wayRound();
    await request(0).answer();
    for (const sequence of [1, 2, 3]) way.send({ type: "read", sequence });
    await request(2).answer();
    expect(request(3).frames).toEqual([2, 3].map((sequence) => ({ type: "read", sequence })));
  });
  it("a newcomer becomes who said the first word, not whom a waiting request was taken for", async () => {
    const { way, request, heard } = wayRound();
    await request(0).answer(ready("pv_a"));
    way.send({ type: "read", sequence: 1 });
    await request(1).answer(ready("pv_b"));
    await request(2).answer(ready("pv_c"));
    await request(3).answer(ready("pv_d"));
    expect(heard.map((frame) => frame.type === "ready" && frame.token)).toEqual(["pv_a", "pv_c"]);
    expect(request(4).hello.token).toBe("pv_c");
  });
  it("and their news are waited for at once", async () => {
    const { way, request, heard, lost } = wayRound();
    await request(0).answer(ready("pv_a"));
    way.send({ type: "read", sequence: 1 });
    await request(2).answer(ready("pv_c"));
    expect(request(1).aborted()).toBe(true);
    expect(request(3)).toMatchObject({ hello: { token: "pv_c" }, wait: 25 });
    expect(heard.map((frame) => frame.type === "ready" && frame.token)).toEqual(["pv_a", "pv_c"]);
    expect(lost).not.toHaveBeenCalled();
  });
  it("a server that does not wait is not asked without pause", async () => {
    const { asked, request } = wayRound();
    await request(0).answer();
    await request(1).answer();
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(3);
  });
  it("a failure ends all of it, and the reason is told", async () => {
    const { request, heard, lost } = wayRound();
    await request(0).answer();
    await request(1).fail(403, { code: "domain", title: "Not on this website" });
    expect(heard).toMatchObject([{ type: "refused", id: null, title: "Not on this website", retry_after: null }]);
    expect(lost).toHaveBeenCalledOnce();
  });
  it("a server in trouble is asked again later", async () => {
    const { request, heard } = wayRound();
    await request(0).fail(503);
    expect(heard).toMatchObject([{ type: "refused", retry_after: 5 }]);
  });
  it("nothing is asked or heard after the end", async () => {
    const { way, asked, request, heard, lost } = wayRound();
    await request(0).answer();
    way.close();
    expect(request(1).aborted()).toBe(true);
    await request(1).answer({ type: "pong" });
    expect([heard, asked.length]).toEqual([[], 2]);
    expect(lost).not.toHaveBeenCalled();
  });
});
